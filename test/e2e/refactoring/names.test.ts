import { expect } from "chai";
import { expectFailure, operationsOf, useSharedProject } from "../../support/pulumi/cliProject";
import {
  deploy,
  deployFailing,
  edited,
  expectNoWrites,
  moved,
  recipe,
  withoutAliases,
} from "../../support/pulumi/recipes";

describe("a renamed resource, with the real CLI", function () {
  this.timeout(180_000);
  const story = useSharedProject();
  const { project } = story;
  afterEach(() => project.destroy());
  const { before, after } = recipe("Rename a resource");
  const without = (alias: string) => withoutAliases(after, `{ name: "${alias}" }`);

  it("is kept with aliases, even after they are removed, and its old name is free with a templateName", async () => {
    await expectNoWrites(story, { before, after });
    expect(await deploy(story, withoutAliases(after))).to.deep.equal({});
    const added = (args: string) =>
      `${after}\nnew CallbackTemplate("hooks", { ${args} streamEndNotifyUrl: "https://b.example.com" });`;
    project.program(added(""));
    expect((await expectFailure(project, "preview")).output).to.contain("give the new resource a templateName");
    expect(await deploy(story, added('templateName: "other",'))).to.deep.equal({ CreateLiveCallbackTemplate: 1 });
  });

  it("is created again without aliases if its name is automatic, and its binding moves to it without an error", async () => {
    await deploy(story, before);
    const writes = { CreateLiveCallbackTemplate: 1, ...moved(1), DeleteLiveCallbackTemplate: 1 };
    expect(await deploy(story, without("hooks"))).to.deep.equal(writes);
  });

  it("fails without aliases if its templateName is bound, and is kept with the aliases in the error", async () => {
    await deploy(story, before);
    const { failures, writes } = await deployFailing(story, without("named"));
    expect(failures).to.have.length(1);
    expect(failures[0])
      .to.contain('callback template "named": a template of this name already exists')
      .and.contain("it is bound to radio.example.com. To take it over, set adopt")
      .and.contain("If you renamed or moved a resource of this stack, give it the option aliases")
      .and.contain("code=Provider.AlreadyExists");
    expect(writes).to.deep.equal({});
    expect(await deploy(story, after)).to.deep.equal({});
  });

  it("keeps its rule without aliases if it is a binding of the same template", async () => {
    await deploy(story, before);
    const { rules } = story.emulator.state();
    expect(await deploy(story, without("radio"))).to.deep.equal({});
    expect(story.emulator.state().rules).to.deep.equal(rules);
  });
});

describe("another change of a program, with the real CLI", function () {
  this.timeout(180_000);
  const story = useSharedProject();
  afterEach(() => story.project.destroy());

  it("moves a domain to another template in place", async () => {
    const { before, after } = recipe("Move a domain to another template");
    await deploy(story, before);
    story.project.program(after);
    expect(await operationsOf(story.project)).to.deep.equal({ "a.example.com": "update" });
    expect(await deploy(story, after)).to.deep.equal(moved(1));
  });

  it("changes the name of a template in place, and returns to an automatic name", async () => {
    const { before, after } = recipe("Change the name of a template");
    await deploy(story, before);
    const [automatic] = story.emulator.state().templates;
    const sameName = edited(before, "{", `{ templateName: "${automatic?.TemplateName}",`);
    expect(await deploy(story, sameName)).to.deep.equal({});
    expect(await deploy(story, after)).to.deep.equal({ ModifyLiveCallbackTemplate: 1 });
    expect(story.emulator.state().templates).to.deep.equal([{ ...automatic, TemplateName: "live-hooks" }]);
    expect(await deploy(story, before)).to.deep.equal({ ModifyLiveCallbackTemplate: 1 });
    expect(story.emulator.state().templates).to.deep.equal([automatic]);
  });
});
