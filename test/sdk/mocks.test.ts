import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import * as dynamic from "../../sdk";
import * as native from "../../sdk/native";

const URL = { streamBeginNotifyUrl: "https://hooks.example.com/live" };

const settled = <T>(output: pulumi.Output<T>): Promise<T> => new Promise((resolve) => void output.apply(resolve));

for (const sdk of [dynamic, native]) {
  describe(`a program with ${sdk === native ? "native" : "dynamic"} resources in a unit test with Pulumi's mocks`, () => {
    const { CallbackTemplate, DomainBinding } = sdk;

    before(() =>
      pulumi.runtime.setMocks({
        newResource: ({ name, inputs }) => ({ id: name === "hooks" ? "385622" : name, state: inputs }),
        call: ({ inputs }) => inputs,
      }),
    );

    it("creates its resources without an engine and without an organisation", async () => {
      const hooks = new CallbackTemplate("hooks", { ...URL, callbackKey: "Secret1" });
      const [whole, app] = hooks.bindTo(["push.example.com", { domainName: "push.example.com", appName: "live" }]);
      expect(await settled(hooks.templateId)).to.equal(385622);
      expect(await settled(hooks.streamBeginNotifyUrl)).to.equal(URL.streamBeginNotifyUrl);
      expect(await settled(hooks.description)).to.equal(undefined);
      expect(await pulumi.isSecret(hooks.callbackKey)).to.equal(true);
      expect(await settled(pulumi.all([whole?.templateId, app?.templateId, app?.appName]))).to.deep.equal([
        385622,
        385622,
        "live",
      ]);
    });

    it("exports a whole resource without the inputs that the constructor adds", () => {
      const hooks = new CallbackTemplate("exported", URL);
      const [binding] = hooks.bindTo(["exported.example.com"]);
      for (const resource of [hooks, binding]) {
        expect(Object.keys(resource as object))
          .to.include("templateId")
          .and.not.include.members(["declaredBy"]);
        expect(Object.keys(resource as object)).to.not.include("automaticName");
      }
    });

    /** Returns the number of stack frames of an error that is created in a constructor. */
    async function framesWithin(): Promise<number | undefined> {
      let frames: number | undefined;
      const transformation = (): undefined => {
        frames = new Error().stack?.split("\n    at ").slice(1).length;
      };
      const options = { transformations: [transformation] };
      await settled(new DomainBinding("push", { domainName: "push.example.com", templateId: 1 }, options).urn);
      return frames;
    }

    it("is not slowed by the stacks for Pulumi's report of leaks, unless the report is enabled", async () => {
      const limit = Error.stackTraceLimit;
      expect(await framesWithin()).to.equal(1);
      process.env["PULUMI_DEBUG_PROMISE_LEAKS"] = "1";
      try {
        expect(await framesWithin()).to.be.greaterThan(1);
      } finally {
        delete process.env["PULUMI_DEBUG_PROMISE_LEAKS"];
      }
      expect(Error.stackTraceLimit).to.equal(limit);
    });

    it("gets from an error in a constructor the lines that threw it and that created the resource", () => {
      const limit = Error.stackTraceLimit;
      function broken(): undefined {
        throw new Error("no such tag");
      }
      const make = function program() {
        new CallbackTemplate("hooks", URL, { transformations: [broken] });
      };
      expect(make)
        .to.throw("no such tag")
        .with.property("stack")
        .that.matches(/^Error: no such tag\n +at broken .*\n(.*\n)* +at program /);
      expect(Error.stackTraceLimit).to.equal(limit);
    });
  });
}
