import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { writesTo } from "../support/cloud";
import { operationsOf, useStory } from "../support/pulumi/cliProject";
import {
  boundProgram,
  componentsProgram,
  optionsProgram,
  TRANSFORMS_PROGRAM,
  unknownsProgram,
} from "../support/pulumi/optionPrograms";

const URL = "https://hooks.example.com/live";
const inBlocks = (...programs: string[]): string => programs.map((program) => `{${program}\n}`).join("\n");

describe("a program with resource options, with the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project } = useStory();

  const template = (name: string) => emulator.state().templates.find(({ TemplateName }) => TemplateName === name);
  const boundDomains = () => emulator.state().rules.map(({ DomainName }) => DomainName);
  const urnOf = (name: string) => project.resources()[name]?.urn ?? "";
  const withUnknowns = (op: string) => ({ hooks: op, other: op, binding: op, "of id": op });
  const created = (path = "") =>
    inBlocks(
      TRANSFORMS_PROGRAM,
      optionsProgram("one", { adopt: true, name: "before" }),
      componentsProgram("before"),
      unknownsProgram("one"),
      boundProgram(path),
    );
  const changed = inBlocks(
    TRANSFORMS_PROGRAM,
    optionsProgram("two", { name: "after", leaving: true }),
    componentsProgram("after"),
    unknownsProgram("two"),
    boundProgram("/changed"),
  );
  let before: ReturnType<typeof emulator.state>;

  it("previews a create with only unknown properties, without a call", async () => {
    emulator.putTemplate({ TemplateName: "equal", StreamBeginNotifyUrl: URL });
    emulator.putTemplate({ TemplateName: "unequal", StreamBeginNotifyUrl: URL, Description: "console" });
    project.program(created());
    const operations = await operationsOf(project);
    expect(operations).to.include(withUnknowns("create"));
    expect(new Set(Object.values(operations))).to.deep.equal(new Set(["create"]));
    expect(emulator.calls()).to.deep.equal({});
  });

  it("adopts a template without a write if it is equal, and with one write if it differs", async () => {
    await project.up();
    before = emulator.state();
    expect(writesTo(emulator).filter((action) => action === "ModifyLiveCallbackTemplate")).to.have.length(1);
    expect(before.templates.filter(({ TemplateName }) => TemplateName.endsWith("equal"))).to.have.length(2);
    expect(template("unequal")).to.not.have.property("Description");
  });

  it("deploys two components with children of the same names, and properties that were unknown", () => {
    expect(boundDomains()).to.include.members(["first.example.com", "second.example.com"]);
    const names = before.templates.map(({ TemplateName }) => TemplateName);
    const ofChildren = names.filter((name) => /^(spare|child)-/.test(name));
    expect(new Set(ofChildren).size).to.equal(4);
    const withoutHash = ofChildren.map((name) => name.replace(/-[0-9a-f]{7}$/, ""));
    expect(withoutHash).to.have.members(["child", "child", "spare", "spare"]);

    expect(project.resources()["binding"]?.id).to.equal("a.example.com/live");
    expect(template("echoed")).to.include({ Description: "one", CallbackKey: "EchoedKey1" });
  });

  it("has the values of transforms and transformations in the outputs, and its own line in the state, without a frame of this package", async () => {
    expect(template("transformed")).to.include({ Description: "by-the-stack", StreamEndNotifyUrl: `${URL}/end` });
    const { stdout } = await project.succeed("stack", "output", "--json");
    expect(JSON.parse(stdout)).to.deep.equal({ values: ["by-the-stack", `${URL}/end`] });

    const lines = readFileSync(join(project.folder, "index.js"), "utf8").split("\n");
    const line = lines.findIndex((text) => text.includes('new CallbackTemplate("transformed"')) + 1;
    const { sourcePosition, stackTrace } = project.resources()["transformed"] ?? {};
    expect(sourcePosition).to.match(new RegExp(`index\\.js#${line},`));
    expect(JSON.stringify(stackTrace)).to.not.contain("/sdk/");
  });

  it("previews updates with only unknown properties and of bound templates, without a call or an operation on bindings and renamed components", async () => {
    emulator.reset({ calls: true });
    project.program(changed);
    expect(await operationsOf(project)).to.deep.equal({
      ...withUnknowns("update"),
      ...{ one: "update", two: "update" },
      replacing: "replace",
      ...{ retained: "delete", owner: "delete", "with owner": "delete" },
    });
    expect(emulator.calls()).to.deep.equal({});
  });

  it("changes only the template of --target, and deletes only the binding of destroy --target", async () => {
    project.program(created("/changed"));
    await project.up("--target", urnOf("one"));
    expect(writesTo(emulator)).to.deep.equal(["ModifyLiveCallbackTemplate"]);
    expect(template("one")).to.include({ StreamBeginNotifyUrl: `${URL}/changed` });
    expect(template("two")).to.include({ StreamBeginNotifyUrl: URL });

    await project.destroy("--target", urnOf("by id"));
    const others = before.rules.filter(({ DomainName }) => DomainName !== "id.example.com");
    expect(emulator.state().rules).to.deep.equal(others);
  });

  it("respects ignoreChanges, replaceOnChanges, retainOnDelete, aliases and deletedWith, and completes what --target left", async () => {
    emulator.reset({ calls: true });
    project.program(changed);
    await project.up();
    expect(writesTo(emulator).sort()).to.deep.equal([
      ...["CreateLiveCallbackRule", "CreateLiveCallbackTemplate"],
      ...["DeleteLiveCallbackTemplate", "DeleteLiveCallbackTemplate"],
      ...["ModifyLiveCallbackTemplate", "ModifyLiveCallbackTemplate"],
    ]);
    expect(template("ignoring")).to.include({ Description: "one" });
    expect(template("replacing")).to.include({ Description: "two" });
    expect(template("echoed")).to.include({ Description: "two" });
    expect(template("two")).to.include({ StreamBeginNotifyUrl: `${URL}/changed` });
    for (const kept of before.templates.filter(({ TemplateName }) => /^(before|spare|child)-/.test(TemplateName)))
      expect(template(kept.TemplateName)).to.deep.equal(kept);
    expect(template("retained")).to.not.equal(undefined);
    expect(template("owner")).to.equal(undefined);
    expect(boundDomains()).to.have.members(before.rules.map(({ DomainName }) => DomainName));
  });

  it("fails for a resource with protect that has left the program", async () => {
    project.program(optionsProgram("two", { name: "after", left: true }));
    const failed = await project.run("up", "--yes", "--skip-preview");
    expect(failed.code).to.not.equal(0);
    expect(failed.output).to.match(/protect/);
    expect(template("kept")).to.not.equal(undefined);
  });
});
