import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { CallbackTemplate, DomainBinding, Provider } from "../../../sdk/native";
import { optionsOf, settled, useMocks } from "../../support/sdk/registrations";

const URL = { streamBeginNotifyUrl: "https://hooks.example.com/live" };
const BINDING = { domainName: "push.example.com", templateId: 7 };

describe("the native resources", () => {
  const { made } = useMocks();
  const inputsOf = (name: string) => made.find((resource) => resource.name === name)?.inputs;
  const providerOf = (name: string) => made.find((resource) => resource.name === name)?.provider;

  it("register the types of the plugin, with only the inputs that the program gives", async () => {
    const hooks = new CallbackTemplate("hooks", { ...URL, adopt: 385622, recordExceptionLevels: ["error"] });
    const binding = new DomainBinding("push", { ...BINDING, templateId: hooks.id, adopt: true });
    await settled(binding.urn);
    expect(made.map(({ type, name, inputs }) => [type, name, inputs])).to.deep.equal([
      [
        "tencentcloud-live:index:CallbackTemplate",
        "hooks",
        { ...URL, adopt: 385622, recordExceptionLevels: ["error"] },
      ],
      ["tencentcloud-live:index:DomainBinding", "push", { ...BINDING, templateId: "385622", adopt: true }],
    ]);
  });

  it("have the dynamic types as aliases and no version, which would have its own default provider", () => {
    const template = optionsOf((opts) => new CallbackTemplate("options", URL, opts));
    expect(template).to.not.have.property("version");
    expect(template).to.deep.include({
      aliases: [{ type: "pulumi-nodejs:dynamic/tencentcloud-live:CallbackTemplate" }],
      additionalSecretOutputs: ["callbackKey"],
      deleteBeforeReplace: true,
    });
    const binding = optionsOf((opts) => new DomainBinding("options", BINDING, opts));
    expect(binding).to.deep.include({
      aliases: [{ type: "pulumi-nodejs:dynamic/tencentcloud-live:DomainBinding" }],
    });
  });

  it("prefer the options of the program to their own, and add its aliases", () => {
    const aliases = [{ name: "old" }];
    const given = { version: "9.9.9", deleteBeforeReplace: false, aliases };
    const options = optionsOf((opts) => new CallbackTemplate("given", URL, { ...opts, ...given }));
    expect(options).to.include({ version: "9.9.9", deleteBeforeReplace: false });
    expect(options["aliases"]).to.deep.include.members([
      { name: "old" },
      { type: "pulumi-nodejs:dynamic/tencentcloud-live:CallbackTemplate" },
    ]);
  });

  it("keep the key secret, whether given as a secret or in clear", async () => {
    for (const callbackKey of ["Secret1", pulumi.secret("Secret1")]) {
      const hooks = new CallbackTemplate("hooks", { ...URL, callbackKey });
      expect(await settled(hooks.callbackKey)).to.equal("Secret1");
      expect(await pulumi.isSecret(hooks.callbackKey)).to.equal(true);
    }
  });

  it("accept the option import", async () => {
    await settled(new CallbackTemplate("imported", URL, { import: "385622" }).urn);
    await settled(new DomainBinding("imported", BINDING, { import: "push.example.com" }).urn);
    expect(made.map(({ id }) => id)).to.deep.equal(["385622", "push.example.com"]);
  });

  it("are read by get with only an id", async () => {
    const hooks = CallbackTemplate.get("read", 385622);
    const binding = DomainBinding.get("read", "push.example.com/live");
    await settled([hooks.urn, binding.urn]);
    expect(made.map(({ type, id, inputs }) => [type, id, inputs])).to.have.deep.members([
      ["tencentcloud-live:index:CallbackTemplate", "385622", {}],
      ["tencentcloud-live:index:DomainBinding", "push.example.com/live", {}],
    ]);
    expect(await settled(hooks.templateId)).to.equal(385622);
  });

  it("use the provider in their options, which is that of the template in bindTo by default", async () => {
    const [one, other] = [new Provider("one"), new Provider("other")];
    class Group extends pulumi.ComponentResource {}
    const group = new Group("test:index:Group", "group", {}, { providers: [other] });
    const own = new CallbackTemplate("own", URL, { provider: one });
    const inherited = new CallbackTemplate("inherited", URL, { parent: group });
    const bindings = [
      ...own.bindTo(["own.example.com"]),
      ...own.bindTo(["given.example.com"], { provider: other }),
      ...inherited.bindTo(["inherited.example.com"]),
      ...new CallbackTemplate("default", URL).bindTo(["default.example.com"]),
    ];
    await settled(bindings.map(({ urn }) => urn));
    expect(providerOf("own")).to.match(/::one::/);
    expect(providerOf("own.example.com")).to.equal(providerOf("own"));
    expect(providerOf("given.example.com")).to.match(/::other::/);
    expect(providerOf("inherited.example.com"))
      .to.equal(providerOf("inherited"))
      .and.match(/::other::/);
    expect(providerOf("default.example.com")).to.equal("");
  });

  it("leave a mistyped argument for the plugin to reject", async () => {
    await settled(new CallbackTemplate("typo", { ...URL, descripton: "x" } as never).urn);
    expect(inputsOf("typo")).to.deep.equal({ ...URL, descripton: "x" });
  });
});
