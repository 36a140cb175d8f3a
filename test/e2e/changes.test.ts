import { expect } from "chai";
import { expectFailure, template, URL, useProject, useStory } from "../support/pulumi/cliProject";

describe("a replacement that the user forces, with the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project } = useStory();
  const urnOf = (name: string) => project.resources()[name]?.urn ?? "";
  const idOf = (name: string) => Number(project.resources()[name]?.id);

  before(async () => {
    project.program(`
      new CallbackTemplate("unbound", { streamBeginNotifyUrl: "${URL}" });
      ${template(`streamBeginNotifyUrl: "${URL}"`)}.bindTo(["a.example.com"]);`);
    await project.succeed("config", "set", "tencentcloud-live:inUseTimeoutSeconds", "0.2");
    await project.up();
  });

  it("replaces an unbound template by a new one", async () => {
    const id = idOf("unbound");
    await project.up("--replace", urnOf("unbound"));
    const ids = emulator.state().templates.map(({ TemplateId }) => TemplateId);
    expect(ids).to.have.members([idOf("hooks"), idOf("unbound")]);
    expect(ids).to.not.include(id);
  });

  it("keeps the rule of a binding", async () => {
    const before = emulator.state();
    await project.up("--replace", urnOf("a.example.com"));
    const bound = ({ rules }: typeof before) => rules.map(({ DomainName, TemplateId }) => [DomainName, TemplateId]);
    expect(bound(emulator.state()))
      .to.deep.equal([["a.example.com", idOf("hooks")]])
      .and.deep.equal(bound(before));
  });

  it("fails for a bound template without a change, after which a preview finds no changes", async () => {
    const before = emulator.state();
    const run = await expectFailure(project, "up", "--yes", "--skip-preview", "--replace", urnOf("hooks"));
    expect(run.output).to.contain("it is still bound to a.example.com");
    expect(emulator.state()).to.deep.equal(before);
    await project.expectNoChanges();
  });
});

describe("a change of the program, with the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project } = useProject();

  it("deletes a template together with its binding and renames another binding without a failed call", async () => {
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

  it("moves a domain between the lists of two templates by one update in place", async () => {
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
});
