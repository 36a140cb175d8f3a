import { expect } from "chai";
import { writesTo } from "../support/cloud";
import { call } from "../support/emulatorClient";
import { URL, useStory } from "../support/pulumi/cliProject";

const TARGETS = `["a.example.com", { domainName: "a.example.com", appName: "live" }, { domainName: "a.example.com", appName: "vod" }]`;

describe("the lifecycle of a stack, with the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project } = useStory();
  const program = (name: string, args: string) =>
    project.program(`
      const key = pulumi.secret("CanaryKey0123456789");
      const ${name} = new CallbackTemplate("${name}", { ${args} });
      ${name}.bindTo(${TARGETS});
      exports.templateId = ${name}.templateId;`);
  const templates = () => emulator.state().templates;

  it("begins with the creation of a template and its bindings", async () => {
    program("hooks", `streamBeginNotifyUrl: "${URL}", streamEndNotifyUrl: "${URL}", callbackKey: key`);
    await project.up();
    expect(templates()).to.have.length(1);
    expect(emulator.state().rules.map(({ AppName }) => AppName)).to.have.members(["", "live", "vod"]);
    const { hooks } = project.resources();
    expect(hooks?.id).to.equal(String(templates()[0]?.TemplateId));
    expect(hooks?.inputs["templateName"]).to.match(/^hooks-[0-9a-f]{7}$/);
  });

  it("makes no call in a no-op update", async () => {
    emulator.reset({ calls: true });
    await project.up();
    expect(emulator.calls()).to.deep.equal({});
  });

  it("makes no call in a preview that expects and finds no changes", async () => {
    await project.expectNoChanges();
    expect(emulator.calls()).to.deep.equal({});
  });

  it("changes one field and clears another, after which a preview finds no changes", async () => {
    program("hooks", `streamBeginNotifyUrl: "${URL}/2", callbackKey: key`);
    await project.up();
    expect(templates()[0]).to.include({ StreamBeginNotifyUrl: `${URL}/2` });
    expect(templates()[0]).to.not.have.property("StreamEndNotifyUrl");
    await project.expectNoChanges();
  });

  it("moves all bindings to a new template before it deletes the old one, without a failed call", async () => {
    emulator.reset({ calls: true });
    program("other", `streamBeginNotifyUrl: "${URL}"`);
    await project.up();
    expect(templates()).to.have.length(1);
    const boundTo = new Set(emulator.state().rules.map(({ TemplateId }) => TemplateId));
    expect(boundTo).to.deep.equal(new Set([templates()[0]?.TemplateId]));
    expect(emulator.callRecord().flatMap(({ code }) => code ?? [])).to.deep.equal([]);
  });

  it("finds no changes in a refresh and in a preview after it", async () => {
    await project.refresh("--expect-no-changes");
    await project.expectNoChanges();
  });

  it("ends with a destroy that deletes the bindings first and leaves nothing in the account", async () => {
    emulator.reset({ calls: true });
    await project.destroy();
    expect(writesTo(emulator)).to.deep.equal([
      ...Array.from({ length: 3 }, () => "DeleteLiveCallbackRule"),
      "DeleteLiveCallbackTemplate",
    ]);
    // By the API instead of the emulator's state, as an auditor would check.
    expect(await call(emulator, "DescribeLiveCallbackTemplates")).to.deep.include({ Templates: [] });
    expect(await call(emulator, "DescribeLiveCallbackRules")).to.deep.include({ Rules: [] });
  });

  it("can be destroyed twice", async () => {
    emulator.reset({ calls: true });
    await project.destroy();
    expect(emulator.calls()).to.deep.equal({});
  });
});
