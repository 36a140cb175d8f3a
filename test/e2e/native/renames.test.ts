import { expect } from "chai";
import { URL, useStory } from "../../support/pulumi/cliProject";

const BEFORE = `
new CallbackTemplate("before", { streamBeginNotifyUrl: "${URL}" });
new CallbackTemplate("first", { streamEndNotifyUrl: "${URL}" });
const bound = new CallbackTemplate("bound", { templateName: "bound", streamBeginNotifyUrl: "${URL}" });
new DomainBinding("left", { domainName: "a.example.com", templateId: bound.templateId });`;

const AFTER = `
const replaceOnChanges = ["description"];
const renamed = (name, more) => ({ aliases: [{ name }], replaceOnChanges, ...more });
new CallbackTemplate("after", { streamBeginNotifyUrl: "${URL}", description: "new" }, renamed("before"));
new CallbackTemplate("second", { streamEndNotifyUrl: "${URL}", description: "new" }, renamed("first", { deleteBeforeReplace: false }));
const bound = new CallbackTemplate("bound", { templateName: "bound", streamBeginNotifyUrl: "${URL}" });
new DomainBinding("right", { domainName: "b.example.com", templateId: bound.templateId }, renamed("left"));`;

describe("resources of the native provider that one update renames by an alias and replaces, with the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project } = useStory();

  it("leave no old resources, whether these are deleted before or after the creation of the new ones", async () => {
    project.useNative();
    project.program(BEFORE);
    await project.up();
    const old = emulator.state().templates.map(({ TemplateId }) => TemplateId);
    project.program(AFTER);
    await project.up();
    const { templates, rules } = emulator.state();
    const names = templates.map(({ TemplateName }) => TemplateName.replace(/-[0-9a-f]{7}$/, ""));
    expect(names.sort()).to.deep.equal(["after", "bound", "second"]);
    expect(templates.filter(({ TemplateId }) => old.includes(TemplateId))).to.have.length(1);
    expect(rules.map(({ DomainName }) => DomainName)).to.deep.equal(["b.example.com"]);
    await project.expectNoChanges();
  });
});
