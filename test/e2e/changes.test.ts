import { expect } from "chai";
import { refused, template, URL, useProject } from "../support/pulumi/cliProject";

describe("what goes wrong, seen through the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project } = useProject();

  const urnOf = (name: string) => project.resources()[name]?.urn ?? "";

  describe("when the user forces it", () => {
    it("a replacement makes an unbound template anew", async () => {
      project.program(template(`streamBeginNotifyUrl: "${URL}"`));
      await project.up();
      const [before] = emulator.state().templates;
      await project.up("--replace", urnOf("hooks"));
      const { templates } = emulator.state();
      expect(templates).to.have.length(1);
      expect(templates[0]?.TemplateId).to.not.equal(before?.TemplateId);
      await project.expectNoChanges();
    });

    it("a replacement of a bound template fails, and touches nothing", async () => {
      project.program(`${template(`streamBeginNotifyUrl: "${URL}"`)}.bindTo(["a.example.com"]);`);
      await project.succeed("config", "set", "tencentcloud-live:inUseTimeoutSeconds", "0.2");
      await project.up();
      const before = emulator.state();
      const run = await refused(project, "up", "--yes", "--skip-preview", "--replace", urnOf("hooks"));
      expect(run.output).to.contain("it is still bound to a.example.com");
      expect(emulator.state()).to.deep.equal(before);
      await project.expectNoChanges();
    });

    it("a replacement of a binding keeps its rule", async () => {
      project.program(`${template(`streamBeginNotifyUrl: "${URL}"`)}.bindTo(["a.example.com"]);`);
      await project.up();
      await project.up("--replace", urnOf("a.example.com"));
      expect(emulator.state().rules).to.have.length(1);
      await project.expectNoChanges();
    });
  });

  describe("in the program", () => {
    it("a binding and its template removed together, or a binding renamed, need nothing else", async () => {
      const other = `const other = new CallbackTemplate("other", { streamBeginNotifyUrl: "${URL}" });`;
      project.program(
        `${other} other.bindTo(["b.example.com"]); ${template(`streamBeginNotifyUrl: "${URL}"`)}.bindTo(["a.example.com"]);`,
      );
      await project.up();
      emulator.reset({ calls: true });
      project.program(`${other} new DomainBinding("renamed", { domainName: "b.example.com", templateId: other.id });`);
      await project.up();
      expect(emulator.state().templates).to.have.length(1);
      expect(emulator.state().rules.map(({ DomainName }) => DomainName)).to.deep.equal(["b.example.com"]);
      expect(emulator.callRecord().filter(({ code }) => code)).to.deep.equal([]);
    });

    it("a domain moved between the lists of two templates is one update in place (L9)", async () => {
      const program = (one: string, two: string) =>
        project.program(`
          const one = new CallbackTemplate("one", { streamBeginNotifyUrl: "${URL}" });
          const two = new CallbackTemplate("two", { streamBeginNotifyUrl: "${URL}" });
          one.bindTo(${one}); two.bindTo(${two});`);
      program('["a.example.com"]', '["b.example.com"]');
      await project.up();
      program("[]", '["a.example.com", "b.example.com"]');
      const preview = await project.succeed("preview", "--json");
      const { changeSummary } = JSON.parse(preview.stdout) as { changeSummary: Record<string, number> };
      expect(changeSummary).to.deep.equal({ same: 4, update: 1 });
      await project.up();
      expect(new Set(emulator.state().rules.map(({ TemplateId }) => TemplateId)).size).to.equal(1);
    });

    it("templates and bindings that are children of one component do not wait for each other", async () => {
      project.program(`
        class Callbacks extends pulumi.ComponentResource {
          constructor(name) {
            super("my:index:Callbacks", name);
            const own = { parent: this };
            new CallbackTemplate("one", { streamBeginNotifyUrl: "${URL}" }, own);
            new CallbackTemplate("two", { streamBeginNotifyUrl: "${URL}" }, own).bindTo(["a.example.com"], own);
          }
        }
        new Callbacks("callbacks");`);
      await project.up();
      expect(emulator.state().templates.map(({ TemplateName }) => TemplateName.replace(/-.*/, ""))).to.have.members([
        "one",
        "two",
      ]);
      await project.expectNoChanges();
      await project.destroy();
      expect(emulator.state().templates).to.deep.equal([]);
    });
  });
});
