import { expect } from "chai";
import { useProject } from "../support/pulumi/cliProject";
import { optionsProgram, unknownsProgram } from "../support/pulumi/optionPrograms";

const URL = "https://hooks.example.com/live";

/** What `preview --json` says. */
interface Preview {
  steps: { op: string; urn: string; [member: string]: unknown }[];
  duration?: number;
}

describe("resource options and previews, through the real CLI", () => {
  const { emulator, project } = useProject();

  const preview = async (): Promise<Preview> => JSON.parse((await project.succeed("preview", "--json")).stdout);
  /** What is to be done to the resources of this package: those that stay the same are left out. */
  const operations = ({ steps }: Preview): Record<string, string> =>
    Object.fromEntries(
      steps.flatMap(({ op, urn }) =>
        op !== "same" && urn.includes("tencentcloud-live") ? [[urn.split("::").at(-1), op]] : [],
      ),
    );
  const urnOf = (name: string): string => project.resources()[name]?.urn ?? "";
  const template = (name: string) => emulator.state().templates.find(({ TemplateName }) => TemplateName === name);
  const boundDomains = () => emulator.state().rules.map(({ DomainName }) => DomainName);
  const writes = () =>
    emulator
      .callRecord()
      .map(({ action }) => action)
      .filter((action) => !action.startsWith("Describe"));

  it("L17, L19: adopt, ignoreChanges, replaceOnChanges, protect, retainOnDelete, aliases and deletedWith do what they say", async () => {
    emulator.putTemplate({ TemplateName: "equal", StreamBeginNotifyUrl: URL });
    emulator.putTemplate({ TemplateName: "unequal", StreamBeginNotifyUrl: URL, Description: "console" });
    project.program(optionsProgram("one", { adopt: true, name: "before" }));
    await project.up();
    expect(writes().filter((action) => action === "ModifyLiveCallbackTemplate")).to.have.length(1);
    expect(template("unequal")).to.not.have.property("Description");
    const before = emulator.state();
    const automatic = before.templates.find(({ TemplateName }) => TemplateName.startsWith("before-"));

    project.program(optionsProgram("two", { name: "after", leaving: true }));
    expect(operations(await preview())).to.deep.equal({
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
    const refused = await project.run("up", "--yes", "--skip-preview");
    expect(refused.code).to.not.equal(0);
    expect(refused.output).to.match(/protect/);
    expect(template("kept")).to.not.equal(undefined);
  }).timeout(120_000);

  it("L19: a component holds a template and its bindings, and can be renamed; those of another type have other names", async () => {
    const program = (first: string, options: string) =>
      project.program(`
        class Hooks extends pulumi.ComponentResource {
          constructor(type, name, domain, options) {
            super("example:live:" + type, name, {}, options);
            const template = new CallbackTemplate("hooks", { streamBeginNotifyUrl: "${URL}" }, { parent: this });
            template.bindTo([domain], { parent: this });
            this.registerOutputs({ templateId: template.templateId });
          }
        }
        new Hooks("Hooks", "${first}", "a.example.com", ${options});
        new Hooks("OtherHooks", "other", "b.example.com", {});`);
    program("one", "{}");
    await project.up();
    expect(boundDomains()).to.have.members(["a.example.com", "b.example.com"]);
    const names = emulator.state().templates.map(({ TemplateName }) => TemplateName);
    expect(new Set(names).size).to.equal(2);
    for (const name of names) expect(name).to.match(/^hooks-[0-9a-f]{7}$/);

    program("renamed", '{ aliases: [{ name: "one" }] }');
    emulator.reset({ calls: true });
    await project.expectNoChanges();
    await project.up();
    expect(emulator.calls()).to.deep.equal({});
  }).timeout(120_000);

  it("L19: transforms and transformations set what a resource leaves out, and its outputs have it", async () => {
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
  }).timeout(120_000);

  it("L19: a resource is recorded with the line of the program that makes it, and with no frame of this package", async () => {
    project.program(`\nnew CallbackTemplate("hooks", { streamBeginNotifyUrl: "${URL}" });`);
    await project.up();
    const { sourcePosition, stackTrace } = project.resources()["hooks"] ?? {};
    expect(sourcePosition).to.match(/index\.js#4,/);
    expect(JSON.stringify(stackTrace)).to.not.contain("/sdk/");
  }).timeout(60_000);

  it("P1, P3, P4, L19: a preview makes no call, says the same twice, and keeps the bindings; --target leaves the rest alone", async () => {
    const program = (path: string) =>
      project.program(`
        const one = new CallbackTemplate("one", { templateName: "one", streamBeginNotifyUrl: "${URL}${path}" });
        const two = new CallbackTemplate("two", { templateName: "two", streamBeginNotifyUrl: "${URL}${path}" });
        one.bindTo(["a.example.com", { domainName: "a.example.com", appName: "live" }]);
        new DomainBinding("by output", { domainName: "b.example.com", templateId: two.templateId });
        new DomainBinding("by id", { domainName: "c.example.com", templateId: two.id });`);
    program("");
    await project.up();
    emulator.reset({ calls: true });
    program("/changed");
    const [first, second] = [await preview(), await preview()];
    expect(emulator.calls()).to.deep.equal({});
    const comparable = ({ steps, duration: _, ...rest }: Preview) => ({
      ...rest,
      steps: steps.toSorted((a, b) => a.urn.localeCompare(b.urn)),
    });
    expect(comparable(second)).to.deep.equal(comparable(first));
    expect(operations(first)).to.deep.equal({ one: "update", two: "update" });

    await project.up("--target", urnOf("one"));
    expect(writes()).to.deep.equal(["ModifyLiveCallbackTemplate"]);
    expect(template("one")).to.include({ StreamBeginNotifyUrl: `${URL}/changed` });
    expect(template("two")).to.include({ StreamBeginNotifyUrl: URL });
    await project.destroy("--target", urnOf("by id"));
    expect(boundDomains()).to.have.members(["a.example.com", "a.example.com", "b.example.com"]);
    await project.up();
    expect(boundDomains()).to.include("c.example.com");
  }).timeout(120_000);

  it("P1, P2: every property may be unknown in a preview, of a create and of an update, which is then never a replacement", async () => {
    const all = (op: string) => ({ hooks: op, other: op, binding: op, "of id": op });
    project.program(unknownsProgram("one"));
    expect(operations(await preview())).to.deep.equal(all("create"));
    expect(emulator.calls()).to.deep.equal({});
    await project.up();
    const { resources, ...created } = { resources: project.resources(), ...emulator.state() };
    expect(resources["binding"]?.id).to.equal("a.example.com/live");
    expect(template("echoed")).to.include({ Description: "one", CallbackKey: "EchoedKey1" });

    emulator.reset({ calls: true });
    project.program(unknownsProgram("two"));
    expect(operations(await preview())).to.deep.equal(all("update"));
    expect(emulator.calls()).to.deep.equal({});
    await project.up();
    expect(writes()).to.deep.equal(["ModifyLiveCallbackTemplate"]);
    expect(emulator.state().rules).to.deep.equal(created.rules);
  }).timeout(120_000);
});
