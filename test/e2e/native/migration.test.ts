import { expect } from "chai";
import { writesTo } from "../../support/cloud";
import { URL, useStory } from "../../support/pulumi/cliProject";

const program = (more = "", opts = "{}") => `
class Hooks extends pulumi.ComponentResource {
  constructor(name, opts) {
    super("acme:live:Hooks", name, {}, opts);
    new CallbackTemplate("inner", { recordNotifyUrl: "${URL}" }, { parent: this });
  }
}
const hooks = new CallbackTemplate("hooks", { streamBeginNotifyUrl: "${URL}", callbackKey: "Secret123", ${more} }, ${opts});
hooks.bindTo(["push.example.com", { domainName: "push.example.com", appName: "live" }]);
new CallbackTemplate("named", { templateName: "named", recordExceptionNotifyUrl: "${URL}" }, ${opts});
new Hooks("component");
exports.templateId = hooks.templateId;
`;

describe("a stack that changes from the dynamic to the native provider, with the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project } = useStory();

  before(async () => {
    project.program(program());
    await project.up();
    emulator.reset({ calls: true });
  });

  it("changes nothing if ignoreChanges keeps all inputs of the dynamic resources", async () => {
    project.useNative();
    project.program(program("", '{ ignoreChanges: ["*"] }'));
    await project.expectNoChanges();
  });

  it("changes nothing with four lines in Pulumi.yaml and another import", async () => {
    project.program(program());
    await project.up("--expect-no-changes");
    await project.refresh("--expect-no-changes");
    expect(writesTo(emulator)).to.deep.equal([]);
    const types = Object.values(project.resources()).map(({ type }) => type);
    expect(types.filter((type) => type.startsWith("pulumi-nodejs"))).to.deep.equal([]);
  });

  it("changes nothing with an explicit provider", async () => {
    const provider = `const provider = new native.Provider("explicit", { endpoint: "${emulator.url}" });\n`;
    project.program(provider + program("", "{ provider }"));
    await project.up();
    expect(writesTo(emulator)).to.deep.equal([]);
  });

  it("is updated in place, shows the changes, and is destroyed", async () => {
    const provider = `const provider = new native.Provider("explicit", { endpoint: "${emulator.url}" });\n`;
    project.program(provider + program('description: "new"', "{ provider }"));
    const { stdout } = await project.up("--diff");
    expect(stdout).to.contain('+ description: "new"').and.not.contain("Secret123");
    expect(writesTo(emulator)).to.deep.equal(["ModifyLiveCallbackTemplate"]);
    await project.destroy();
    expect(emulator.state()).to.deep.include({ templates: [], rules: [] });
  });
});
