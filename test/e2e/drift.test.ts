import { expect } from "chai";
import { refused, template, URL, useProject } from "../support/pulumi/cliProject";

describe("what goes wrong, seen through the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project } = useProject();

  describe("in the cloud, behind the program's back", () => {
    it("a template and a rule that were deleted are noticed by refresh, made anew by up, and are no trouble to destroy (L13, L14)", async () => {
      project.program(`${template(`streamBeginNotifyUrl: "${URL}"`)}.bindTo(["a.example.com", "b.example.com"]);`);
      await project.up();
      const [gone] = emulator.state().templates;
      emulator.removeRule("a.example.com");
      emulator.removeRule("b.example.com");
      emulator.removeTemplate(gone?.TemplateId ?? 0);
      const drift = await refused(project, "refresh", "--preview-only", "--expect-no-changes");
      expect(drift.output).to.contain("delete");
      await project.refresh();
      expect(project.resources()).to.deep.equal({});
      await project.up();
      expect(emulator.state().templates).to.have.length(1);
      expect(emulator.state().rules).to.have.length(2);
      await project.expectNoChanges();

      emulator.reset();
      await project.destroy();
      expect(project.resources()).to.deep.equal({});
    });

    it("a field that was changed, and one that was set, are shown by refresh and repaired by up (L15, L16)", async () => {
      project.program(`${template(`streamBeginNotifyUrl: "${URL}"`)}`);
      await project.up();
      const id = emulator.state().templates[0]?.TemplateId ?? 0;
      emulator.patchTemplate(id, { StreamBeginNotifyUrl: "https://other.example.com", StreamEndNotifyUrl: URL });
      await project.refresh();
      const preview = await project.succeed("preview", "--diff");
      expect(preview.stdout).to.contain("other.example.com").and.contain("streamEndNotifyUrl");
      await project.up();
      expect(emulator.state().templates[0])
        .to.include({ StreamBeginNotifyUrl: URL })
        .and.not.have.property("StreamEndNotifyUrl");
      await project.expectNoChanges();
    });
  });
});
