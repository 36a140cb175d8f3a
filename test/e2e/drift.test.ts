import { expect } from "chai";
import { refused, template, URL, useStory } from "../support/pulumi/cliProject";

describe("what a colleague does in the console, by the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project } = useStory();
  const templateId = () => emulator.state().templates[0]?.TemplateId ?? 0;

  before(async () => {
    project.program(`${template(`streamBeginNotifyUrl: "${URL}"`)}.bindTo(["a.example.com", "b.example.com"]);`);
    await project.up();
  });

  it("is shown by refresh, as a field that was changed and one that was set", async () => {
    const changes = { StreamBeginNotifyUrl: "https://other.example.com", StreamEndNotifyUrl: URL };
    emulator.patchTemplate(templateId(), changes);
    await project.refresh();
    const preview = await project.succeed("preview", "--diff");
    expect(preview.stdout).to.contain("other.example.com").and.contain("streamEndNotifyUrl");
  });

  it("is repaired by up, the changed field and the one that was set", async () => {
    await project.up();
    expect(emulator.state().templates[0])
      .to.include({ StreamBeginNotifyUrl: URL })
      .and.not.have.property("StreamEndNotifyUrl");
    await project.expectNoChanges();
  });

  it("is found by a refresh that expects no changes, and removed from the state by refresh, when all was deleted", async () => {
    emulator.removeRule("a.example.com");
    emulator.removeRule("b.example.com");
    emulator.removeTemplate(templateId());
    const drift = await refused(project, "refresh", "--preview-only", "--expect-no-changes");
    expect(drift.output).to.contain("delete");
    await project.refresh();
    expect(project.resources()).to.deep.equal({});
  });

  it("is undone by up, which creates the deleted template and its rules again", async () => {
    await project.up();
    expect(emulator.state().templates).to.have.length(1);
    expect(emulator.state().rules).to.have.length(2);
    await project.expectNoChanges();
  });

  it("does not disturb a destroy of resources that are deleted already", async () => {
    emulator.reset();
    await project.destroy();
    expect(project.resources()).to.deep.equal({});
  });
});
