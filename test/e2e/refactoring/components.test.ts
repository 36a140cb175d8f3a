import { expect } from "chai";
import { useStory } from "../../support/pulumi/cliProject";
import {
  deploy,
  deployFailing,
  edited,
  expectNoWrites,
  moved,
  recipe,
  withoutAliases,
} from "../../support/pulumi/recipes";

const MADE = { CreateLiveCallbackTemplate: 1 };
const REMOVED = { DeleteLiveCallbackTemplate: 1 };

describe("a template that moves into a component, with the real CLI", function () {
  this.timeout(180_000);
  const story = useStory();
  const { before, after } = recipe("Move into a component");
  const bindingsAtRoot = (program: string) => edited(program, "bindTo(targets, moved)", "bindTo(targets)");

  it("is kept with its bindings", () => expectNoWrites(story, { before, after }));

  it("is kept without its bindings, which remain at the root", async () => {
    await story.project.destroy();
    await expectNoWrites(story, { before, after: bindingsAtRoot(after) });
  });

  it("is kept when the component is renamed", () => expectNoWrites(story, recipe("Rename a component")));

  it("is created again without aliases, and bindings at the root move to it without an error", async () => {
    await story.project.destroy();
    await deploy(story, before);
    const writes = await deploy(story, bindingsAtRoot(withoutAliases(after)));
    expect(writes).to.deep.equal({ ...MADE, ...moved(3), ...REMOVED });
  });
});

describe("a template and nine bindings that move out of a component, with the real CLI", function () {
  this.timeout(180_000);
  const story = useStory();
  const { before, after } = recipe("Move out of a component");
  const wrong = withoutAliases(after);
  const ENTRY = 'the option aliases: [{ name: "<old name>", parent: <old parent> }]; leave out what did not change.';
  const bound = () => story.emulator.state().rules.map(({ TemplateId }) => TemplateId);

  it("fail without aliases after a successful preview, and the error shows the aliases entry", async () => {
    await deploy(story, before);
    story.project.program(wrong);
    await story.project.succeed("preview");
    const [templateId] = bound();
    const { failures, writes } = await deployFailing(story, wrong);
    expect(failures).to.not.deep.equal([]);
    for (const failure of failures)
      expect(failure).to.contain(`is already bound to template ${templateId}. To move`).and.contain(ENTRY);
    expect(writes).to.deep.equal(MADE);
  });

  it("are reported as resources of this stack if the run refreshes", async () => {
    const { failures } = await deployFailing(story, wrong, "--refresh");
    expect(failures).to.not.deep.equal([]);
    for (const failure of failures)
      expect(failure).to.match(/is already bound to template \d+, by another resource of this stack\. If/);
  });

  it("are kept with aliases after a run of the old program, which deletes the new template", async () => {
    expect(await deploy(story, before)).to.deep.equal(REMOVED);
    await expectNoWrites(story, { before, after });
  });

  const adopting = edited(wrong, "bindTo(domains", "bindTo(domains.map((domainName) => ({ domainName, adopt: true }))");
  const waysOn = { "the aliases that it shows": after, "adopt: true": adopting };
  for (const [way, program] of Object.entries(waysOn))
    it(`move to the new template if the failed run is followed by ${way}`, async () => {
      await story.project.destroy();
      await deploy(story, before);
      await deployFailing(story, wrong);
      expect(await deploy(story, program)).to.deep.equal({ ...moved(9), ...REMOVED });
      expect(bound()).to.have.length(9);
    });

  it("move to the new template in the failed run with --continue-on-error, and the next run takes them over", async () => {
    await story.project.destroy();
    await deploy(story, before);
    const { failures, writes } = await deployFailing(story, wrong, "--continue-on-error");
    expect(failures).to.have.length(9);
    expect(writes).to.deep.equal({ ...MADE, ...moved(9), ...REMOVED });
    expect(await deploy(story, after)).to.deep.equal({});
  });
});
