import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import * as dynamic from "../../sdk";
import * as native from "../../sdk/native";

const URL = { streamBeginNotifyUrl: "https://hooks.example.com/live" };

const settled = <T>(output: pulumi.Output<T>): Promise<T> => new Promise((resolve) => void output.apply(resolve));

// This compiles only if a program needs no change other than that of its import.
for (const sdk of [dynamic, native]) {
  describe(`bindTo of ${sdk === native ? "native" : "dynamic"} resources`, () => {
    const made: pulumi.runtime.MockResourceArgs[] = [];
    before(() =>
      pulumi.runtime.setMocks({
        newResource: (resource) => {
          made.push(resource);
          return { id: resource.name === "hooks" ? "385622" : resource.name, state: resource.inputs };
        },
        call: ({ inputs }) => inputs,
      }),
    );

    it("creates a binding for each domain, named after its domain and app, and passes adopt", async () => {
      const hooks = new sdk.CallbackTemplate("hooks", URL);
      const target = { domainName: "other.example.com", appName: "live", adopt: true };
      const bindings = hooks.bindTo(["Push.example.com.", target]);
      for (const { urn } of bindings) await settled(urn);
      const inputs = Object.fromEntries(made.map(({ name, inputs }) => [name, inputs]));
      expect(inputs["push.example.com"]).to.include({
        domainName: "Push.example.com.",
        appName: "",
        templateId: 385622,
      });
      expect(inputs["push.example.com"]).to.not.have.property("adopt");
      expect(inputs["other.example.com/live"]).to.include({ ...target, templateId: 385622 });
    });

    it("treats an app that is null as absent", async () => {
      const [whole] = new sdk.CallbackTemplate("hooks", URL).bindTo([
        { domainName: "null.example.com", appName: null } as never,
      ]);
      expect(await settled((whole as dynamic.DomainBinding).appName)).to.equal("");
    });

    const rejected: [string, unknown, string][] = [
      ["a single domain", "push.example.com", 'domains must be a list of push domains; given: "push.example.com"'],
      ["an absent list", undefined, "domains must be a list of push domains; given: nothing"],
      [
        "an output",
        pulumi.output(["a"]),
        "domains must be a list of push domains; given: an output, which cannot name a binding",
      ],
      [
        "a domain that is null",
        [null],
        'domains[0] must be a push domain, for example "push.example.com"; given: nothing',
      ],
      ["an empty name", [""], 'domains[0] must be a push domain, for example "push.example.com"; given: ""'],
      ["an output of a name", ["a.example.com", pulumi.output("b")], "domains[1] must be a push domain"],
      ["an object without a name", [{ appName: "live" }], "domains[0].domainName must be a push domain"],
      ["an app that is not text", [{ domainName: "a.example.com", appName: 1 }], "domains[0].appName must be text"],
    ];
    for (const [what, domains, reason] of rejected) {
      it(`rejects ${what} with the reason, and creates nothing`, async () => {
        const hooks = new sdk.CallbackTemplate("hooks", URL);
        await settled(hooks.urn);
        const before = made.length;
        expect(() => hooks.bindTo(domains as dynamic.BindTarget[])).to.throw(pulumi.RunError, `bindTo: ${reason}`);
        expect(made).to.have.length(before);
      });
    }
  });
}
