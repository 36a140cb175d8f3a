import { expect } from "chai";
import { expectFailure, template, URL, useStory } from "../support/pulumi/cliProject";

describe("an out-of-band change, with the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project } = useStory();
  const templateId = () => emulator.state().templates[0]?.TemplateId ?? 0;

  before(async () => {
    project.program(`${template(`streamBeginNotifyUrl: "${URL}"`)}.bindTo(["a.example.com", "b.example.com"]);`);
    await project.up();
  });

  it("is shown by refresh for a changed field and a newly set field", async () => {
    const changes = { StreamBeginNotifyUrl: "https://other.example.com", StreamEndNotifyUrl: URL };
    emulator.patchTemplate(templateId(), changes);
    await project.refresh();
    const preview = await project.succeed("preview", "--diff");
    expect(preview.stdout).to.contain("other.example.com").and.contain("streamEndNotifyUrl");
  });

  it("is reverted by up for a changed field and a newly set field", async () => {
    await project.up();
    expect(emulator.state().templates[0])
      .to.include({ StreamBeginNotifyUrl: URL })
      .and.not.have.property("StreamEndNotifyUrl");
    await project.expectNoChanges();
  });

  it("fails a refresh that expects no changes if everything was deleted, and refresh removes it from the state", async () => {
    emulator.removeRule("a.example.com");
    emulator.removeRule("b.example.com");
    emulator.removeTemplate(templateId());
    const drift = await expectFailure(project, "refresh", "--preview-only", "--expect-no-changes");
    expect(drift.output).to.contain("delete");
    await project.refresh();
    expect(project.resources()).to.deep.equal({});
  });

  it("is reverted by up, which creates a deleted template and its rules again", async () => {
    await project.up();
    const { templates, rules } = emulator.state();
    expect(templates.map(({ StreamBeginNotifyUrl }) => StreamBeginNotifyUrl)).to.deep.equal([URL]);
    expect(rules.map(({ DomainName }) => DomainName)).to.have.members(["a.example.com", "b.example.com"]);
    expect(rules.map(({ TemplateId }) => TemplateId)).to.deep.equal([templateId(), templateId()]);
    await project.expectNoChanges();
  });

  it("does not fail a destroy of resources that were already deleted", async () => {
    emulator.reset();
    await project.destroy();
    expect(project.resources()).to.deep.equal({});
  });
});
