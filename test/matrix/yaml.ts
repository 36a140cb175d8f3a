import { delimiter } from "node:path";
import { expect } from "chai";
import { yamlHostFolder } from "../../tools/yamlHost";
import { writesTo } from "../support/cloud";
import { refused, URL, useStory } from "../support/pulumi/cliProject";

const program = (pluginFolder: string, more = "") => `name: callbacks
runtime: yaml
plugins:
  providers:
    - name: tencentcloud-live
      path: ${pluginFolder}
resources:
  hooks:
    type: tencentcloud-live:CallbackTemplate
    properties:
      streamBeginNotifyUrl: ${URL}
      recordExceptionNotifyUrl: ${URL}
      recordExceptionLevels: [error, warning]
      callbackKey: Secret123
${more}
  push:
    type: tencentcloud-live:DomainBinding
    properties: { domainName: push.example.com, templateId: "\${hooks.id}" }
variables:
  found:
    fn::invoke:
      function: tencentcloud-live:getDomainBindings
      arguments: { domainName: other.example.com }
outputs:
  templateId: \${hooks.templateId}
  others: \${found.bindings}
`;

describe("a YAML program with the native provider, by the real CLI and its YAML host", function () {
  this.timeout(600_000);
  const { emulator, project } = useStory();
  const write = (more?: string) => project.write("Pulumi.yaml", program(project.pluginFolder, more));

  before(async () => {
    const path = [await yamlHostFolder(), process.env["PATH"]].join(delimiter);
    Object.assign(project.environment, { PATH: path, PULUMI_IGNORE_AMBIENT_PLUGINS: "false" });
    write();
  });

  it("is deployed, changed in place, and without a difference in between", async () => {
    await project.up();
    await project.expectNoChanges();
    await project.refresh("--expect-no-changes");
    write("      description: new");
    expect((await project.succeed("preview", "--diff")).stdout).to.contain('+ description: "new"');
    await project.up();
    expect(writesTo(emulator)).to.deep.equal([
      "CreateLiveCallbackTemplate",
      "CreateLiveCallbackRule",
      "ModifyLiveCallbackTemplate",
    ]);
    expect(await project.stateText()).to.not.contain("Secret123");
  });

  it("is refused with a mistyped property, and with a value of a wrong type", async () => {
    write("      descripton: new");
    expect((await refused(project, "preview")).output).to.contain("Property descripton does not exist");
    write("      description: a b c");
    expect((await refused(project, "preview")).output).to.contain("description must be 1 to 100 Chinese characters");
    for (const [wrong, reason] of [
      ["description: [a, b]", "description: Cannot assign 'List<string>' to 'string'"],
      ["adopt: maybe", "adopt: Cannot assign type 'string' to type 'Union<boolean, integer>'"],
      ["snapshotNotifyUrl: { url: none }", "snapshotNotifyUrl: Cannot assign '{url: string}' to 'string'"],
    ] as const) {
      write(`      ${wrong}`);
      expect((await refused(project, "preview")).output).to.contain(reason);
    }
  });

  it("is written by an import with the callback key in clear, unless its code is not generated", async () => {
    write();
    const { TemplateId } = emulator.putTemplate({
      TemplateName: "made",
      StreamBeginNotifyUrl: URL,
      CallbackKey: "Clear1",
    });
    const of = ["import", "tencentcloud-live:index:CallbackTemplate", "made", String(TemplateId), "--yes"];
    const safe = await project.succeed(...of, "--protect=false", "--generate-code=false");
    expect(safe.output).to.not.contain("Clear1");
    await project.succeed(
      "state",
      "delete",
      "urn:pulumi:dev::callbacks::tencentcloud-live:index:CallbackTemplate::made",
    );
    expect((await project.succeed(...of, "--protect=false")).stdout).to.contain("Clear1");
    await project.up();
    expect(await project.stateText()).to.not.contain("Clear1");
  });

  it("is destroyed, the binding first", async () => {
    write();
    await project.destroy();
    expect(emulator.state()).to.deep.include({ templates: [], rules: [] });
  });
});
