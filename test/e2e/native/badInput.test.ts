import { join } from "node:path";
import { expect } from "chai";
import { documentText } from "../../support/markdown";
import { expectFailure, template, URL, useProject } from "../../support/pulumi/cliProject";

const TEMPLATE = "tencentcloud-live:index:CallbackTemplate";
const UNATTENDED = ["--yes", "--skip-preview"];

describe("invalid input of the native provider, with the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project } = useProject();
  beforeEach(() => project.useNative());

  it("is reported for a mistyped key of the stack's configuration, with a suggestion", async () => {
    project.program(`${template(`streamBeginNotifyUrl: "${URL}"`)};`);
    await project.succeed("config", "set", "tencentcloud-live:endpiont", "https://live.example.com");
    const { output } = await expectFailure(project, "preview");
    expect(output).to.contain("endpiont is not a configuration key of this provider; did you mean endpoint?");
  });

  it("is reported for a key in a similar namespace, and for allowed accounts in that of the project", async () => {
    project.program(`${template(`streamBeginNotifyUrl: "${URL}"`)};`);
    await project.succeed("config", "set", "tencentcloudlive:endpoint", "https://live.example.com");
    const { output } = await expectFailure(project, "preview");
    expect(output).to.contain("did you mean tencentcloud-live:endpoint? Remove it");
    await project.succeed("config", "rm", "tencentcloudlive:endpoint");
    await project.succeed("config", "set", "allowedAccountIds", "100000000001");
    const preview = await project.succeed("preview");
    expect(preview.output).to.contain("pulumi-tencentcloud-live does not read callbacks:allowedAccountIds");
    project.program(`
      const provider = new native.Provider("own", { allowedAccountIds: [new pulumi.Config().require("allowedAccountIds")] });
      ${template(`streamBeginNotifyUrl: "${URL}"`, ", { provider }")};`);
    expect((await project.succeed("preview")).output).to.not.contain("does not read");
  });

  it("is reported for each unknown property and each value of a wrong type, one per line, before a call", async () => {
    project.program(`
      new DomainBinding("binding", { domainName: ["a.example.com"], templateid: 1, templateId: "one", adopt: "maybe",
        declaredBy: "me" });`);
    const { output } = await expectFailure(project, "preview");
    for (const line of [
      /has a problem: domainName must be a host name .*; given: \["a\.example\.com"\]$/m,
      /has a problem: templateId must be the id of a template: a positive integer; given: "one"$/m,
      /has a problem: adopt must be true or false; given: "maybe"$/m,
      /has a problem: templateid is not a property of this resource; did you mean templateId\?$/m,
      /has a problem: declaredBy is not a property of this resource$/m,
    ]) {
      expect(output).to.match(line);
    }
    expect(emulator.calls()).to.deep.equal({});
  });

  it("is reported for an id that is impossible for its type, in an import", async () => {
    project.program("");
    const options = ["--yes", "--generate-code=false"];
    const { output } = await expectFailure(project, "import", TEMPLATE, "imported", "hooks", ...options);
    expect(output)
      .to.contain('the id must be a positive integer; given: "hooks"')
      .and.contain("code=Provider.InvalidId");
    expect([emulator.calls(), project.resources()]).to.deep.equal([{}, {}]);
  });

  it("is reported for the state of a later version, which no command changes", async () => {
    project.program(`${template(`streamBeginNotifyUrl: "${URL}"`)};`);
    await project.up();
    project.write("later.json", (await project.stateText()).replace('"stateVersion": 1', '"stateVersion": 2'));
    await project.succeed("stack", "import", "--file", "later.json");
    const [cloud, recorded] = [emulator.state(), project.resources()["hooks"]?.outputs];
    for (const command of [
      ["up", ...UNATTENDED],
      ["refresh", ...UNATTENDED],
      ["destroy", ...UNATTENDED],
    ]) {
      const { output } = await expectFailure(project, ...command);
      expect(output).to.contain("was written by a later version of the plugin: its version is 2");
      expect(output).to.contain("Install that version, or a later one. (code=Provider.StateTooNew");
    }
    expect(project.resources()["hooks"]?.outputs).to.deep.equal(recorded);
    expect(emulator.state()).to.deep.equal(cloud);
  });

  it("is reported for a PATH without Node, as documented", async () => {
    const [, symptom = ""] = /`(env: 'node'[^`]*)`/.exec(documentText("docs/native.md")) ?? [];
    expect(symptom).to.not.equal("");
    project.environment["PATH"] = join(project.folder, "nothing");
    const executable = join(project.pluginFolder, "pulumi-resource-tencentcloud-live");
    expect((await expectFailure(project, "package", "get-schema", executable)).output).to.contain(symptom);
  });
});
