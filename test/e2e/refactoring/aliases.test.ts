import { expect } from "chai";
import { expectFailure, operationsOf, useStory } from "../../support/pulumi/cliProject";
import {
  deploy,
  deployFailing,
  edited,
  expectNoWrites,
  moved,
  part,
  recipe,
  withoutAliases,
} from "../../support/pulumi/recipes";

const ofName = recipe("Rename a resource");
const intoComponent = recipe("Move into a component");
const withoutAlias = (program: string, ...names: string[]) =>
  names.reduce((text, name) => withoutAliases(text, `{ name: "${name}" }`), program);
/** Leaves the bindings at the root of the stack. */
const bindingsAtRoot = (program: string) => edited(program, "bindTo(targets, moved)", "bindTo(targets)");

describe("a refactored program with aliases, with the real CLI", function () {
  this.timeout(180_000);
  const story = useStory();
  const ofComponent = recipe("Rename a component");
  const parts = {
    renamed: ofName,
    moved: intoComponent,
    alone: { before: intoComponent.before, after: bindingsAtRoot(intoComponent.after) },
    component: ofComponent,
  };
  const whole = (side: "before" | "after", changed: Partial<Record<keyof typeof parts, string>> = {}) =>
    Object.entries({ ...parts, ...changed })
      .map(([name, of]) => part(name, typeof of === "string" ? of : of[side]))
      .join("");
  const after = whole("after");

  it("fails if the alias of a template with a templateName is missing, and the error shows it", async () => {
    await deploy(story, whole("before"));
    const { failures, writes } = await deployFailing(
      story,
      whole("before", { renamed: withoutAlias(ofName.after, "named") }),
    );
    expect(failures).to.have.length(1);
    expect(failures[0])
      .to.contain('callback template "named": a template of this name already exists')
      .and.contain("it is bound to radio.renamed.example.com. To take it over, set adopt")
      .and.contain("If you renamed or moved a resource of this stack, give it the option aliases")
      .and.contain("code=Provider.AlreadyExists");
    expect(writes).to.deep.equal({});
  });

  it("keeps renamed resources, a template that moves into a component with or without its bindings, and a renamed component", () =>
    expectNoWrites(story, after));

  it("keeps an automatic name with ignoreChanges, and after the option is removed", async () => {
    const alias = 'aliases: [{ name: "renamed-hooks" }]';
    for (const ignored of ["templateName", "*"]) {
      await expectNoWrites(story, edited(after, alias, `${alias}, ignoreChanges: ["${ignored}"]`));
      await expectNoWrites(story, after);
    }
  });

  it("has no change after the aliases are removed", async () => {
    expect(await deploy(story, withoutAliases(after), "--expect-no-changes")).to.deep.equal({});
  });

  it("can use the old name of a template for a new one with a templateName", async () => {
    const added = (args: string) =>
      `${after}\nnew CallbackTemplate("renamed-hooks", { ${args} streamEndNotifyUrl: "https://b.example.com" });`;
    story.project.program(added(""));
    expect((await expectFailure(story.project, "preview")).output).to.contain("give the new resource a templateName");
    expect(await deploy(story, added('templateName: "other",'))).to.deep.equal({ CreateLiveCallbackTemplate: 1 });
  });
});

describe("a refactored program without aliases, with the real CLI", function () {
  this.timeout(180_000);
  const story = useStory();
  const toTemplate = recipe("Move a domain to another template");
  const ofTemplate = recipe("Change the name of a template");
  /** The domains whose templates are created again, which changes their rules. */
  const MOVED = ["push.renamed", "a.root", "b.root", "c.root", "a.moved"].map((name) => `${name}.example.com`);
  const program = (side: "before" | "after", nameOfTemplate: string) =>
    [
      part("renamed", side === "before" ? ofName.before : withoutAlias(ofName.after, "hooks", "radio")),
      part("root", side === "before" ? intoComponent.before : bindingsAtRoot(withoutAliases(intoComponent.after))),
      part("moved", toTemplate[side]),
      part("named", nameOfTemplate),
    ].join("");
  const named = () => story.emulator.state().templates.find(({ TemplateId }) => TemplateId === automatic.TemplateId);
  let automatic: ReturnType<typeof story.emulator.state>["templates"][number];
  let sameName: string;

  before(async () => {
    await deploy(story, program("before", ofTemplate.before));
    const { templates } = story.emulator.state();
    automatic = templates.find(({ TemplateName }) => TemplateName.startsWith("named-")) as typeof automatic;
    sameName = edited(ofTemplate.before, "{", `{ templateName: "${automatic.TemplateName}",`);
    story.project.program(program("after", sameName));
  });

  it("moves a domain to another template by an update in place", async () => {
    const operations = Object.entries(await operationsOf(story.project));
    const ofDomains = operations.filter(([name]) => name.endsWith(".moved.example.com"));
    expect(ofDomains).to.deep.equal([["a.moved.example.com", "update"]]);
  });

  it("creates renamed templates with automatic names again and moves their bindings, and keeps all other rules", async () => {
    const { rules } = story.emulator.state();
    expect(await deploy(story, program("after", sameName))).to.deep.equal({
      CreateLiveCallbackTemplate: 2,
      ...moved(MOVED.length),
      DeleteLiveCallbackTemplate: 2,
    });
    const kept = (all: typeof rules) => all.filter(({ DomainName }) => !MOVED.includes(DomainName));
    expect(kept(story.emulator.state().rules)).to.deep.equal(kept(rules)).and.not.be.empty;
    expect(story.emulator.state().rules).to.have.length(rules.length);
    expect(named()).to.deep.equal(automatic);
    const boundTo = new Map(story.emulator.state().rules.map((rule) => [rule.DomainName, rule.TemplateId]));
    const [a, b, c] = ["a", "b", "c"].map((domain) => boundTo.get(`${domain}.moved.example.com`));
    expect(a).to.equal(c).and.not.equal(b);
  });

  it("changes the name of a template in place, and returns to an automatic name", async () => {
    expect(await deploy(story, program("after", ofTemplate.after))).to.deep.equal({ ModifyLiveCallbackTemplate: 1 });
    expect(named()).to.deep.equal({ ...automatic, TemplateName: "live-hooks" });
    expect(await deploy(story, program("after", ofTemplate.before))).to.deep.equal({ ModifyLiveCallbackTemplate: 1 });
    expect(named()).to.deep.equal(automatic);
    await story.project.expectNoChanges();
  });
});
