import { expect } from "chai";
import { expectFailure, template, URL, useStory } from "../support/pulumi/cliProject";

describe("a change of a stack, with the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project } = useStory();
  const other = `const other = new CallbackTemplate("other", { streamBeginNotifyUrl: "${URL}" });`;
  const bindings = `
      ${other} other.bindTo(["b.example.com"]);
      ${template(`streamBeginNotifyUrl: "${URL}"`)}.bindTo(["a.example.com"]);`;
  const urnOf = (name: string) => project.resources()[name]?.urn ?? "";
  const idOf = (name: string) => Number(project.resources()[name]?.id);
  const bound = () => emulator.state().rules.map(({ DomainName, TemplateId }) => [DomainName, TemplateId]);

  before(async () => {
    project.program(`new CallbackTemplate("unbound", { streamBeginNotifyUrl: "${URL}" }); ${bindings}`);
    await project.succeed("config", "set", "tencentcloud-live:inUseTimeoutSeconds", "0.2");
    await project.up();
  });

  it("replaces an unbound template by a new one with --replace, and keeps the rule of a replaced binding", async () => {
    const [id, rules] = [idOf("unbound"), bound()];
    await project.up("--replace", urnOf("unbound"), "--replace", urnOf("a.example.com"));
    const ids = emulator.state().templates.map(({ TemplateId }) => TemplateId);
    expect(ids).to.have.members(["hooks", "other", "unbound"].map(idOf)).and.not.include(id);
    expect(bound())
      .to.deep.equal(rules)
      .and.deep.include(["a.example.com", idOf("hooks")]);
  });

  it("does not replace a bound template, after which a preview finds no changes", async () => {
    const before = emulator.state();
    const run = await expectFailure(project, "up", "--yes", "--skip-preview", "--replace", urnOf("hooks"));
    expect(run.output).to.contain("it is still bound to a.example.com");
    expect(emulator.state()).to.deep.equal(before);
    await project.expectNoChanges();
  });

  it("keeps a removed template that a new resource adopts if the adoption fails with --continue-on-error", async () => {
    const adopt = idOf("unbound");
    const adopting = (args: string) =>
      `new CallbackTemplate("adopting", { streamBeginNotifyUrl: "${URL}", adopt: ${adopt}, ${args} }); ${bindings}`;
    project.program(adopting('description: "new"'));
    const run = await expectFailure(project, "up", "--yes", "--skip-preview", "--continue-on-error");
    expect(run.output).to.contain("code=Provider.WouldOverwrite");
    expect(project.resources()).to.not.have.any.keys("unbound", "adopting");
    project.program(adopting(""));
    await project.up();
    expect(idOf("adopting")).to.equal(adopt);
  });

  it("deletes a template together with its binding and renames another binding without a failed call", async () => {
    emulator.reset({ calls: true });
    project.program(`${other} new DomainBinding("renamed", { domainName: "b.example.com", templateId: other.id });`);
    await project.up();
    expect(emulator.state().templates.map(({ TemplateId }) => TemplateId)).to.deep.equal([idOf("other")]);
    expect(bound()).to.deep.equal([["b.example.com", idOf("other")]]);
    expect(emulator.callRecord().filter(({ code }) => code)).to.deep.equal([]);
  });

  it("moves the domains of a list up by one binding, each with its own template, in one update", async () => {
    const domains = Array.from({ length: 13 }, (_, index) => `${index}.example.com`);
    const program = (bound: string[]) =>
      project.program(`${JSON.stringify(bound)}.forEach((domainName, index) => {
        const { templateId } = new CallbackTemplate("template-" + index, { streamBeginNotifyUrl: "${URL}" });
        new DomainBinding("binding-" + index, { domainName, templateId });
      });`);
    program(domains.slice(0, -1));
    await project.up();
    program(domains.slice(1));
    await project.up();
    const wanted = domains.slice(1).map((domain, index) => [domain, idOf(`template-${index}`)]);
    expect(bound()).to.have.deep.members(wanted);
    await project.expectNoChanges();
  });
});
