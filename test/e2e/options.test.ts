import { expect } from "chai";
import { writesTo } from "../support/cloud";
import { operationsOf, useProject, useStory } from "../support/pulumi/cliProject";
import { optionsProgram, unknownsProgram } from "../support/pulumi/optionPrograms";

const URL = "https://hooks.example.com/live";

describe("resource options and previews, with the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project } = useProject();

  const template = (name: string) => emulator.state().templates.find(({ TemplateName }) => TemplateName === name);
  const boundDomains = () => emulator.state().rules.map(({ DomainName }) => DomainName);
  const writes = () => writesTo(emulator);

  it("respect adopt, ignoreChanges, replaceOnChanges, protect, retainOnDelete, aliases and deletedWith", async () => {
    emulator.putTemplate({ TemplateName: "equal", StreamBeginNotifyUrl: URL });
    emulator.putTemplate({ TemplateName: "unequal", StreamBeginNotifyUrl: URL, Description: "console" });
    project.program(optionsProgram("one", { adopt: true, name: "before" }));
    await project.up();
    expect(writes().filter((action) => action === "ModifyLiveCallbackTemplate")).to.have.length(1);
    expect(template("unequal")).to.not.have.property("Description");
    const before = emulator.state();
    const automatic = before.templates.find(({ TemplateName }) => TemplateName.startsWith("before-"));

    project.program(optionsProgram("two", { name: "after", leaving: true }));
    expect(await operationsOf(project)).to.deep.equal({
      replacing: "replace",
      ...{ retained: "delete", owner: "delete", "with owner": "delete" },
    });
    emulator.reset({ calls: true });
    await project.up();
    expect(writes().sort()).to.deep.equal([
      "CreateLiveCallbackTemplate",
      "DeleteLiveCallbackTemplate",
      "DeleteLiveCallbackTemplate",
    ]);
    expect(template("ignoring")).to.include({ Description: "one" });
    expect(template("replacing")).to.include({ Description: "two" });
    expect(template(automatic?.TemplateName ?? "")).to.deep.equal(automatic);
    expect(template("retained")).to.not.equal(undefined);
    expect(template("owner")).to.equal(undefined);
    expect(boundDomains()).to.have.members(["renamed.example.com", "owned.example.com"]);

    project.program(optionsProgram("two", { name: "after", left: true }));
    const failed = await project.run("up", "--yes", "--skip-preview");
    expect(failed.code).to.not.equal(0);
    expect(failed.output).to.match(/protect/);
    expect(template("kept")).to.not.equal(undefined);
  });

  it("deploy components of templates and bindings, find no changes after one is renamed, and destroy them", async () => {
    const program = (first: string, options: string) =>
      project.program(`
        class Hooks extends pulumi.ComponentResource {
          constructor(type, name, domain, options) {
            super("example:live:" + type, name, {}, options);
            const own = { parent: this };
            new CallbackTemplate("spare", { streamBeginNotifyUrl: "${URL}" }, own);
            const template = new CallbackTemplate("hooks", { streamBeginNotifyUrl: "${URL}" }, own);
            template.bindTo([domain], own);
            this.registerOutputs({ templateId: template.templateId });
          }
        }
        new Hooks("Hooks", "${first}", "a.example.com", ${options});
        new Hooks("OtherHooks", "other", "b.example.com", {});`);
    program("one", "{}");
    await project.up();
    expect(boundDomains()).to.have.members(["a.example.com", "b.example.com"]);
    const names = emulator.state().templates.map(({ TemplateName }) => TemplateName);
    expect(new Set(names).size).to.equal(4);
    const withoutHash = names.map((name) => name.replace(/-[0-9a-f]{7}$/, ""));
    expect(withoutHash).to.have.members(["hooks", "hooks", "spare", "spare"]);

    program("renamed", '{ aliases: [{ name: "one" }] }');
    emulator.reset({ calls: true });
    await project.expectNoChanges();
    await project.up();
    expect(emulator.calls()).to.deep.equal({});

    await project.destroy();
    expect(emulator.state()).to.deep.include({ templates: [], rules: [] });
  });

  it("include the values of transforms and transformations in the outputs, and record the program's line without a frame of this package", async () => {
    project.program(`
      const set = (more) => ({ type, props, opts }) =>
        type.endsWith(":CallbackTemplate") ? { props: { ...props, ...more }, opts } : undefined;
      pulumi.runtime.registerResourceTransform(set({ description: "by-the-stack" }));
      pulumi.runtime.registerStackTransformation(set({ streamEndNotifyUrl: "${URL}/end" }));
      const hooks = new CallbackTemplate("hooks", { templateName: "hooks", streamBeginNotifyUrl: "${URL}" });
      exports.values = [hooks.description, hooks.streamEndNotifyUrl];`);
    await project.up();
    expect(template("hooks")).to.include({ Description: "by-the-stack", StreamEndNotifyUrl: `${URL}/end` });
    await project.expectNoChanges();
    const { stdout } = await project.succeed("stack", "output", "--json");
    expect(JSON.parse(stdout)).to.deep.equal({ values: ["by-the-stack", `${URL}/end`] });

    const { sourcePosition, stackTrace } = project.resources()["hooks"] ?? {};
    expect(sourcePosition).to.match(/index\.js#8,/);
    expect(JSON.stringify(stackTrace)).to.not.contain("/sdk/");
  });

  it("preview a create and an update with only unknown properties, without a call and without a replacement", async () => {
    const all = (op: string) => ({ hooks: op, other: op, binding: op, "of id": op });
    project.program(unknownsProgram("one"));
    expect(await operationsOf(project)).to.deep.equal(all("create"));
    expect(emulator.calls()).to.deep.equal({});
    await project.up();
    const { resources, ...created } = { resources: project.resources(), ...emulator.state() };
    expect(resources["binding"]?.id).to.equal("a.example.com/live");
    expect(template("echoed")).to.include({ Description: "one", CallbackKey: "EchoedKey1" });

    emulator.reset({ calls: true });
    project.program(unknownsProgram("two"));
    expect(await operationsOf(project)).to.deep.equal(all("update"));
    expect(emulator.calls()).to.deep.equal({});
    await project.up();
    expect(writes()).to.deep.equal(["ModifyLiveCallbackTemplate"]);
    expect(emulator.state().rules).to.deep.equal(created.rules);
  });
});

describe("a change of two bound templates, with the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project } = useStory();
  const program = (path: string) =>
    project.program(`
      const one = new CallbackTemplate("one", { templateName: "one", streamBeginNotifyUrl: "${URL}${path}" });
      const two = new CallbackTemplate("two", { templateName: "two", streamBeginNotifyUrl: "${URL}${path}" });
      one.bindTo(["a.example.com", { domainName: "a.example.com", appName: "live" }]);
      new DomainBinding("by output", { domainName: "b.example.com", templateId: two.templateId });
      new DomainBinding("by id", { domainName: "c.example.com", templateId: two.id });`);
  const urnOf = (name: string) => project.resources()[name]?.urn ?? "";
  const boundDomains = () => emulator.state().rules.map(({ DomainName }) => DomainName);

  before(async () => {
    program("");
    await project.up();
    emulator.reset({ calls: true });
    program("/changed");
  });

  it("is previewed as two updates with unchanged bindings, without a call", async () => {
    expect(await operationsOf(project)).to.deep.equal({ one: "update", two: "update" });
    expect(emulator.calls()).to.deep.equal({});
  });

  it("is made only in the template of --target", async () => {
    await project.up("--target", urnOf("one"));
    expect(writesTo(emulator)).to.deep.equal(["ModifyLiveCallbackTemplate"]);
    const urls = emulator.state().templates.map((one) => [one.TemplateName, one.StreamBeginNotifyUrl]);
    expect(Object.fromEntries(urls)).to.deep.equal({ one: `${URL}/changed`, two: URL });
  });

  it("is completed by up, even after destroy --target deleted a binding", async () => {
    await project.destroy("--target", urnOf("by id"));
    expect(boundDomains()).to.have.members(["a.example.com", "a.example.com", "b.example.com"]);
    await project.up();
    expect(boundDomains()).to.include("c.example.com");
  });
});
