import { expect } from "chai";
import { startEmulator } from "../../../emulator";
import { writesTo } from "../../support/cloud";
import { perSuite } from "../../support/lifetime";
import { expectFailure, URL, useStory } from "../../support/pulumi/cliProject";

const BOTH = (first: string, second: string, keysOfSecond = "two") => `
  const of = (name, endpoint, keys) => new native.Provider(name, {
    ...{ endpoint, stsEndpoint: endpoint, secretId: "id-" + keys, secretKey: pulumi.output(Promise.resolve("key-" + keys)) },
  });
  const one = of("one", "${first}", "one");
  const two = of("two", "${second}", "${keysOfSecond}");
  for (const [name, provider] of [["one", one], ["two", two]]) {
    const args = { templateName: "hooks", streamBeginNotifyUrl: "${URL}" };
    new CallbackTemplate(name, args, { provider }).bindTo([{ domainName: name + ".example.com" }]);
  }`;

describe("two accounts in one stack, with the native provider and the real CLI", function () {
  this.timeout(180_000);
  const { project } = useStory();
  const [one, two] = ["one", "two"].map((name, index) =>
    perSuite(() =>
      startEmulator({
        accountId: `${index + 1}00000000001`,
        credentials: [{ secretId: `id-${name}`, secretKey: `key-${name}` }],
      }),
    ),
  ) as [
    ReturnType<typeof perSuite<Awaited<ReturnType<typeof startEmulator>>>>,
    Awaited<ReturnType<typeof startEmulator>>,
  ];

  before(() => project.useNative());

  it("each have a template of the same name, and a binding with the provider of its template", async () => {
    project.program(BOTH(one.url, two.url));
    await project.up();
    for (const emulator of [one, two]) {
      expect(emulator.state().templates.map(({ TemplateName }) => TemplateName)).to.deep.equal(["hooks"]);
      expect(emulator.state().rules).to.have.length(1);
    }
    expect(JSON.stringify(project.deployment()))
      .to.contain("ciphertext")
      .and.not.match(/key-(one|two)/);
    await project.expectNoChanges();
  });

  it("reject the keys of the other account, and keep its resources in the state", async () => {
    project.program(BOTH(one.url, one.url, "one"));
    const { output } = await expectFailure(project, "refresh", "--yes", "--skip-preview", "--run-program");
    expect(output).to.contain("code=Provider.WrongAccount");
    expect(output).to.contain("100000000001").and.contain("200000000001");
    expect(Object.keys(project.resources())).to.include.members(["one", "two", "one.example.com", "two.example.com"]);
  });

  it("are destroyed separately: a resource that is removed from the program is deleted only in its account", async () => {
    const untouched = one.state();
    one.reset({ calls: true });
    project.program(BOTH(one.url, two.url).replace(/\["two", two\]/, ""));
    await project.up();
    expect(two.state()).to.deep.include({ templates: [], rules: [] });
    expect([one.state(), writesTo(one)]).to.deep.equal([untouched, []]);
  });
});
