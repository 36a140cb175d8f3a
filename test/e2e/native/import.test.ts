import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { writesTo } from "../../support/cloud";
import { documentText } from "../../support/markdown";
import { expectFailure, URL, useStory } from "../../support/pulumi/cliProject";

const TEMPLATE = "tencentcloud-live:index:CallbackTemplate";
const BINDING = "tencentcloud-live:index:DomainBinding";

describe("an import of resources from the console, with the native provider and the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project } = useStory();
  let templateId: number;
  const program = (binding: string) => `
    const args = { templateName: "console", streamBeginNotifyUrl: "${URL}", callbackKey: "ConsoleKey1" };
    new CallbackTemplate("hooks", args).bindTo(["a.example.com", { domainName: "a.example.com", appName: "live" }]);
    new DomainBinding("${binding}", { domainName: "b.example.com", templateId: ${templateId} });`;

  before(() => {
    project.useNative();
    project.program("");
    const fields = { TemplateName: "console", StreamBeginNotifyUrl: URL, CallbackKey: "ConsoleKey1" };
    templateId = emulator.putTemplate(fields).TemplateId;
    emulator.putRule({ DomainName: "a.example.com", TemplateId: templateId });
    emulator.putRule({ DomainName: "a.example.com", AppName: "live", TemplateId: templateId });
    emulator.putRule({ DomainName: "b.example.com", TemplateId: templateId });
  });

  it("adds one template to the stack with pulumi import, and prints no key with the documented option", async () => {
    const [, safe = ""] =
      /callback key in clear\.\*\* Use `(--[a-z-]+=false)`/.exec(documentText("docs/native.md")) ?? [];
    const id = String(templateId);
    const { output } = await project.succeed("import", TEMPLATE, "hooks", id, "--yes", "--protect=false", safe);
    expect(output).to.contain("hooks").and.not.contain("ConsoleKey1");
    const { inputs, outputs } = project.resources()["hooks"] ?? {};
    expect(inputs).to.include({ templateName: "console", streamBeginNotifyUrl: URL });
    expect(outputs).to.include({ templateId, accountId: "100000000001" });
    expect(readFileSync(join(project.folder, "backend/.pulumi/stacks/callbacks/dev.json"), "utf8")).to.not.contain(
      "ConsoleKey1",
    );
  });

  it("adds several bindings to the stack with pulumi import of a file", async () => {
    const ids = { "a.example.com": "a.example.com", "a.example.com/live": "a.example.com/live", old: "B.Example.com" };
    const resources = Object.entries(ids).map(([name, id]) => ({ type: BINDING, name, id }));
    project.write("import.json", JSON.stringify({ resources }));
    await project.succeed("import", "--file", "import.json", "--yes", "--protect=false", "--generate-code=false");
    expect(project.resources()).to.include.keys("hooks", ...Object.keys(ids));
  });

  it("leaves no difference from an equal program, and makes no write", async () => {
    project.program(program("old"));
    await project.expectNoChanges();
    expect(writesTo(emulator)).to.deep.equal([]);
  });

  it("keeps the rule of a renamed binding, even if it was imported by a key in capitals", async () => {
    project.program(program("renamed"));
    await project.up();
    expect(writesTo(emulator)).to.deep.equal([]);
    expect(emulator.state().rules).to.have.length(3);
  });

  it("works with the import option of a resource, which is then updated to the declared values", async () => {
    const { TemplateId } = emulator.putTemplate({ TemplateName: "second", StreamBeginNotifyUrl: URL });
    const second = (id: string) => `${program("renamed")}
      const fields = { templateName: "second", streamBeginNotifyUrl: "${URL}", description: "new" };
      new CallbackTemplate("second", fields, { import: "${id}" });
      exports.read = CallbackTemplate.get("read", ${templateId}).templateName;`;
    project.program(second("99"));
    expect((await expectFailure(project, "up", "--yes", "--skip-preview")).output).to.contain("does not exist");
    project.program(second(String(TemplateId)));
    await project.up();
    expect(writesTo(emulator)).to.deep.equal(["ModifyLiveCallbackTemplate"]);
    expect((await project.succeed("stack", "output", "read")).stdout.trim()).to.equal("console");
  });
});
