import type { dynamic } from "@pulumi/pulumi";
import { expect } from "chai";
import { LiveError, ProviderError } from "../../../../provider/api/errors";
import { Deployment } from "../../../../provider/deployment";
import { dynamicProvider } from "../../../../provider/hosts/dynamic/dynamicProvider";
import { UNKNOWN_SENTINEL } from "../../../../provider/hosts/dynamic/properties";
import { StackHost } from "../../../../provider/hosts/dynamic/stackHost";
import { Lifecycle } from "../../../../provider/lifecycle";
import type { Operation } from "../../../../provider/operation";
import { UNKNOWN } from "../../../../provider/properties";
import { PartialFailure, type ResourceType } from "../../../../provider/resourceType";
import { rejection } from "../../../support/cloud";

/** Creates the provider of a resource type that has only the methods that a test needs. */
function providerOf(type: Partial<ResourceType>, environment = {}): Required<dynamic.ResourceProvider> {
  const host = new StackHost();
  // For this endpoint, no account is requested from STS.
  const deployment = new Deployment(host, { environment: { ...NOWHERE, ...environment } });
  const complete = { label: (id: string | undefined) => `thing ${id}`, ...type } as ResourceType;
  const names = ["__provider", "declaredBy", "automaticName"] as const;
  return dynamicProvider(host, deployment, new Lifecycle(deployment, complete), names);
}

const NOWHERE = { TENCENTCLOUD_LIVE_ENDPOINT: "http://127.0.0.1:1" };
const HIDDEN = { __provider: "stub", declaredBy: "new", automaticName: "hooks-0a1b2c3" };

describe("the dynamic provider host", () => {
  it("passes hidden inputs as arguments, and adds them to its results", async () => {
    const seen: [string, string, string | undefined, object][] = [];
    const note = ({ owner, ownerInState, autoName }: Operation, properties: object) =>
      seen.push([owner, ownerInState, autoName, properties]);
    const provider = providerOf({
      check(operation, _olds, news) {
        note(operation, news);
        return { inputs: { ...news, templateName: operation.autoName }, failures: [] };
      },
      async create(operation, inputs) {
        note(operation, inputs);
        return { id: "1", outs: { ...inputs, templateId: 1 } };
      },
    });
    const olds = { declaredBy: "old", automaticName: "older-0a1b2c3" };
    const { inputs } = await provider.check(olds, { ...HIDDEN, description: "d" });
    expect(inputs).to.deep.equal({
      ...{ templateName: "older-0a1b2c3", description: "d" },
      ...{ declaredBy: "new", automaticName: "older-0a1b2c3" },
    });
    const { outs } = await provider.create({ ...inputs, __provider: "stub" });
    expect(outs).to.deep.equal({ ...inputs, __provider: "stub", templateId: 1, endpointKind: "other" });
    expect(seen).to.deep.equal([
      ["new", "old", "older-0a1b2c3", { description: "d" }],
      ["new", "", "older-0a1b2c3", { templateName: "older-0a1b2c3", description: "d" }],
    ]);
  });

  it("keeps the automatic name of a resource, and uses one only if the program gives no name", async () => {
    const named = async (olds: object, news: object): Promise<unknown> => {
      let autoName: string | undefined;
      const provider = providerOf({
        check(operation, _olds, inputs) {
          autoName = operation.autoName;
          return { inputs: { ...inputs }, failures: [] };
        },
      });
      const { inputs } = await provider.check(olds as never, news as never);
      expect((inputs as { automaticName?: string }).automaticName).to.equal(autoName);
      return autoName;
    };
    expect(await named({}, HIDDEN)).to.equal("hooks-0a1b2c3");
    expect(await named({ automaticName: "older-0000001" }, { ...HIDDEN, templateName: "" })).to.equal("older-0000001");
    expect(await named({ templateName: "explicit" }, HIDDEN)).to.equal("hooks-0a1b2c3");
    expect(await named({ automaticName: "older-0000001" }, { ...HIDDEN, templateName: "mine" })).to.equal(undefined);
    expect(await named({ automaticName: "older-0000001" }, { declaredBy: "new" })).to.equal(undefined);
  });

  it("keeps a name automatic that the engine passes with ignoreChanges, but not a changed one", async () => {
    const provider = providerOf({ check: (_operation, _olds, news) => ({ inputs: { ...news }, failures: [] }) });
    const automaticName = "older-0000001";
    for (const [inState, expected] of [
      [{ templateName: automaticName, automaticName }, automaticName],
      [{ templateName: "console", automaticName }, undefined],
      [{ templateName: "explicit" }, undefined],
    ] as const) {
      const { inputs } = await provider.check({ ...inState }, { ...HIDDEN, templateName: inState.templateName });
      expect(inputs).to.have.property("templateName", inState.templateName);
      expect((inputs as { automaticName?: string }).automaticName).to.equal(expected);
    }
  });

  it("decodes and encodes the engine's text for an unknown value at any depth", async () => {
    const provider = providerOf({
      check(_operation, _olds, news) {
        expect(news).to.deep.equal({ templateName: UNKNOWN, recordExceptionLevels: ["error", UNKNOWN] });
        return { inputs: { ...news }, failures: [] };
      },
    });
    const news = { templateName: UNKNOWN_SENTINEL, recordExceptionLevels: ["error", UNKNOWN_SENTINEL] };
    expect((await provider.check({}, news)).inputs).to.deep.equal(news);
  });

  it("names a property only in the reason, because the engine would print its value", async () => {
    const failures = [{ property: "callbackKey", reason: "callbackKey must be short" }];
    const provider = providerOf({ check: (_operation, _olds, news) => ({ inputs: { ...news }, failures }) });
    const news = { callbackKey: "Secret1", ...HIDDEN };
    expect(await provider.check({}, news)).to.deep.equal({
      inputs: news,
      failures: [{ property: "", reason: "callbackKey must be short" }],
    });
  });

  it("leaves comparisons to the engine, and never reports changes itself", async () => {
    const differing = (properties: string[], replaces: string[]) =>
      providerOf({ diff: () => ({ properties, replaces }) }).diff("1", {}, {});
    expect(await differing([], [])).to.deep.equal({ changes: false });
    expect(await differing(["domainName"], ["domainName"])).to.deep.equal({ replaces: ["domainName"] });
  });

  it("returns an empty id for a missing resource, and throws for one that a program only reads", async () => {
    const provider = providerOf({ read: async () => undefined, missing: (id) => `there is no thing ${id}` });
    expect(await provider.read("1", { templateId: 1 })).to.deep.equal({ id: "", props: {} });
    for (const properties of [{}, { callbackKey: "" }, { streamBeginNotifyUrl: "https://a.example.com" }]) {
      expect((await rejection(provider.read("1", properties))).message).to.equal(
        "cannot read thing 1: there is no thing 1. Check the id passed to get. " +
          "(code=Provider.NotFound action=none requestId=none retryable=false)",
      );
    }
  });

  it("deletes nothing if the properties are missing", async () => {
    let deleted = false;
    const provider = providerOf({
      async delete() {
        deleted = true;
      },
    });
    expect((await rejection(provider.delete("1", undefined as never))).message).to.contain("code=Provider.Defect");
    expect(deleted).to.equal(false);
  });

  it("ignores hidden inputs that are not text", async () => {
    const provider = providerOf({ check: (_operation, _olds, inputs) => ({ inputs: { ...inputs }, failures: [] }) });
    const { inputs } = await provider.check({}, { automaticName: 7, declaredBy: null, description: "d" });
    expect(inputs).to.deep.equal({ description: "d" });
  });

  const deleting = (thrown: unknown, environment = {}) => {
    const provider = providerOf({ delete: () => Promise.reject(thrown) }, environment);
    return rejection(provider.delete("1", HIDDEN));
  };

  it("shows the stack of the cause only with TENCENTCLOUD_LIVE_DEBUG", async () => {
    const failure = new LiveError("why", { code: "Provider.NotFound" });
    expect((await deleting(failure)).stack).to.equal("");
    expect((await deleting(failure, { TENCENTCLOUD_LIVE_DEBUG: "1" })).stack).to.equal(failure.stack);
  });

  it("records no state unless an operation fails partially", async () => {
    const error = await deleting(new ProviderError("why", { code: "Provider.NotFound" }));
    expect(error).to.not.have.any.keys("id", "properties", "reasons");
  });

  it("records the state after a partial failure, with the stub and the reason that the engine shows", async () => {
    const recorded = { id: "1", outs: { templateName: "hooks" } };
    const failure = new PartialFailure(new ProviderError("why", { code: "Provider.NotFound" }), recorded);
    const error = await deleting(failure);
    const properties = { templateName: "hooks", ...HIDDEN };
    expect(error).to.deep.include({ id: "1", properties, reasons: [error.message] });
  });

  it("treats a setting that is null or empty as not set", () => {
    for (const value of [undefined, null, ""]) {
      const host = new StackHost();
      host.configure({ config: { get: () => value } } as unknown as dynamic.ConfigureRequest);
      expect(new Deployment(host, { environment: {} }).settings).to.include({ retryMs: 60_000, verifyDomains: true });
    }
  });
});
