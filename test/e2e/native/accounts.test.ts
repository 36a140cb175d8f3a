import { expect } from "chai";
import { startEmulator } from "../../../emulator";
import { writesTo } from "../../support/cloud";
import { perSuite } from "../../support/lifetime";
import { refused, URL, useStory } from "../../support/pulumi/cliProject";

const BOTH = (first: string, second: string) => `
  const of = (name, endpoint, secretKey) => new native.Provider(name, { endpoint, stsEndpoint: endpoint, secretId: "id-" + name, secretKey });
  const one = of("one", "${first}", pulumi.output("key-one"));
  const two = of("two", "${second}", pulumi.output(Promise.resolve("key-two")));
  for (const [name, provider] of [["one", one], ["two", two]]) {
    const args = { templateName: "hooks", streamBeginNotifyUrl: "${URL}" };
    new CallbackTemplate(name, args, { provider }).bindTo([{ domainName: name + ".example.com" }]);
  }`;

describe("two accounts in one stack, by the native provider and the real CLI", function () {
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
    expect(await project.stateText())
      .to.not.contain("key-one")
      .and.not.contain("key-two");
    await project.expectNoChanges();
  });

  it("refuse a mistyped setting at preview, and the endpoint of the wrong account", async () => {
    project.program(`new native.Provider("bad", { endpiont: "${one.url}", retrySeconds: -1 });`);
    const { output } = await refused(project, "preview");
    expect(output).to.contain("endpiont is not a configuration key of this provider; did you mean endpoint?");
    project.program(BOTH(one.url, two.url).replace(`of("two", "${two.url}"`, `of("two", "${one.url}"`));
    const wrong = await refused(project, "refresh", "--yes", "--skip-preview", "--run-program");
    expect(wrong.output).to.match(/code=(AuthFailure\.SecretIdNotFound|Provider\.\w+)/);
    expect(Object.keys(project.resources())).to.include.members(["one.example.com", "two.example.com"]);
  });

  it("are destroyed apart: what leaves the program is deleted in its account alone", async () => {
    const untouched = one.state();
    one.reset({ calls: true });
    project.program(BOTH(one.url, two.url).replace(/\["two", two\]/, ""));
    await project.up();
    expect(two.state()).to.deep.include({ templates: [], rules: [] });
    expect([one.state(), writesTo(one)]).to.deep.equal([untouched, []]);
    await project.destroy();
    expect(one.state()).to.deep.include({ templates: [], rules: [] });
  });
});
