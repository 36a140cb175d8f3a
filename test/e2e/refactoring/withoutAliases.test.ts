import { expect } from "chai";
import { copyOf, useStory } from "../../support/pulumi/cliProject";
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
const ENTRY = 'the option aliases: [{ name: "<old name>", parent: <old parent> }]; leave out what did not change.';

describe("a template and nine bindings that move out of a component without aliases, with the real CLI", function () {
  this.timeout(180_000);
  const story = useStory();
  const { before: old, after } = recipe("Move out of a component");
  const wrong = withoutAliases(after);
  const boundIds = ({ emulator } = story) => emulator.state().rules.map(({ TemplateId }) => TemplateId);

  before(() => deploy(story, old));

  it("move to the new template in a failed run with --continue-on-error, and the next run takes them over", async () => {
    const copy = await copyOf(story);
    const { failures, writes } = await deployFailing(copy, wrong, "--continue-on-error");
    expect(failures).to.have.length(9);
    expect(writes).to.deep.equal({ ...MADE, ...moved(9), ...REMOVED });
    expect(await deploy(copy, after)).to.deep.equal({});
  });

  it("fail after a successful preview, and the error shows the aliases entry", async () => {
    story.project.program(wrong);
    await story.project.succeed("preview");
    const [templateId] = boundIds();
    const { failures, writes } = await deployFailing(story, wrong);
    expect(failures).to.not.deep.equal([]);
    for (const failure of failures)
      expect(failure).to.contain(`is already bound to template ${templateId}. To move`).and.contain(ENTRY);
    expect(writes).to.deep.equal(MADE);
  });

  const adopting = edited(wrong, "bindTo(domains", "bindTo(domains.map((domainName) => ({ domainName, adopt: true }))");
  const waysOn = { "the aliases that it shows": after, "adopt: true": adopting };
  for (const [way, program] of Object.entries(waysOn))
    it(`move to the new template if the failed run is followed by ${way}`, async () => {
      const copy = await copyOf(story);
      expect(await deploy(copy, program)).to.deep.equal({ ...moved(9), ...REMOVED });
      expect(boundIds(copy)).to.have.length(9);
      await copy.project.expectNoChanges();
    });

  it("are reported as resources of this stack if the run refreshes", async () => {
    const { failures } = await deployFailing(story, wrong, "--refresh");
    expect(failures).to.not.deep.equal([]);
    for (const failure of failures)
      expect(failure).to.match(/is already bound to template \d+, by another resource of this stack\. If/);
  });

  it("are kept with aliases after a run of the old program, which deletes the new template", async () => {
    expect(await deploy(story, old)).to.deep.equal(REMOVED);
    await expectNoWrites(story, after);
  });
});
