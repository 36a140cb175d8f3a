import { expect } from "chai";
import { EMULATOR_CREDENTIALS } from "../../emulator";
import { LiveError, ProviderError } from "../../provider/api/errors";
import type { Budget } from "../../provider/api/retry";
import { Deployment } from "../../provider/deployment";
import { UNKNOWN_SENTINEL } from "../../provider/hosts/dynamic/properties";
import { environmentHost } from "../../provider/hosts/environment";
import { Lifecycle } from "../../provider/lifecycle";
import type { Operation } from "../../provider/operation";
import { OperationError } from "../../provider/operationError";
import { PartialFailure, type ResourceType } from "../../provider/resourceType";
import { own, words } from "../../provider/words";
import { rejection, useCloud } from "../support/cloud";

/** Creates a resource type whose methods all run `work`. */
function typeDoing(work: (operation: Operation) => Promise<unknown>): ResourceType {
  const methods = ["check", "diff", "create", "read", "update", "delete"];
  const type = Object.fromEntries(methods.map((name) => [name, work]));
  const label = (id: string | undefined) => own(`thing ${id}`);
  return { ...type, label, missing: (id: string) => `there is no thing ${id}` } as unknown as ResourceType;
}

const lifecycleDoing = (work: (operation: Operation) => Promise<unknown>): Lifecycle =>
  new Lifecycle(new Deployment(environmentHost, { environment: NOWHERE }), typeDoing(work));

/** An endpoint for which the account is not requested from STS. */
const NOWHERE = { TENCENTCLOUD_LIVE_ENDPOINT: "http://127.0.0.1:1" };

const context = { owner: "", ownerInState: "" };

const OPERATIONS: Record<string, (lifecycle: Lifecycle) => Promise<unknown>> = {
  create: (lifecycle) => lifecycle.create(context, {}),
  read: (lifecycle) => lifecycle.read(context, "1", {}),
  update: (lifecycle) => lifecycle.update(context, "1", {}, {}),
  delete: (lifecycle) => lifecycle.delete(context, "1", {}),
};

describe("the lifecycle of a resource, as a host calls it", () => {
  for (const [name, run] of Object.entries(OPERATIONS)) {
    it(`shares one budget among all steps of one ${name}, and starts another one for the next`, async () => {
      const budgets: Budget[] = [];
      const lifecycle = lifecycleDoing(async (operation) => {
        budgets.push(operation.budget);
        // A wait in between, like a call to the API, must not change the budget.
        await new Promise(setImmediate);
        budgets.push(operation.budget);
        return { id: "1", outs: {} };
      });
      await Promise.all([run(lifecycle), run(lifecycle)]);
      expect(budgets).to.have.length(4);
      expect(new Set(budgets).size).to.equal(2);
      expect(budgets[0]).to.equal(budgets[2]);
    });
  }

  const failing = async (thrown: unknown): Promise<OperationError> => {
    const error = await rejection(lifecycleDoing(() => Promise.reject(thrown)).delete(context, "1", {}));
    expect(error).to.be.an.instanceOf(OperationError);
    return error as unknown as OperationError;
  };

  it("formats every failure on one line, even if its reason or remedy has several", async () => {
    const failure = new ProviderError("one\n  two\r\n\r\nthree", { code: "Provider.NotFound", remedy: "Do\nthis." });
    expect((await failing(failure)).message).to.equal(
      "cannot delete thing 1: one two three. Do this. " +
        "(code=Provider.NotFound action=none requestId=none retryable=false)",
    );
  });

  it("requests a report of a defect, with the stack", async () => {
    expect((await failing(new TypeError("x is not a function"))).message).to.equal(
      "cannot delete thing 1: x is not a function. This is a defect in pulumi-tencentcloud-live: " +
        "please report it with the stack that TENCENTCLOUD_LIVE_DEBUG=1 adds. " +
        "(code=Provider.Defect action=none requestId=none retryable=false)",
    );
  });

  it("keeps the stack of the cause, without secrets", async () => {
    const failure = new LiveError("why", { code: "Provider.NotFound" });
    expect((await failing(failure)).trace).to.equal(failure.stack);
    const leaking = lifecycleDoing(() => Promise.reject(new Error("it was hunter2hunter2")));
    const { trace } = (await rejection(leaking.create(context, { callbackKey: "hunter2hunter2" }))) as never;
    expect(trace).to.contain("[hidden]").and.not.contain("hunter2");
  });

  it("hides a secret in the codes too, unless it is so short that it may match by chance", async () => {
    const failWith = async (callbackKey: string) => {
      const lifecycle = lifecycleDoing(() => Promise.reject(new LiveError("why", { code: callbackKey })));
      return (await rejection(lifecycle.create(context, { callbackKey }))).message;
    };
    expect(await failWith("Secret78")).to.contain("(code=[hidden] ");
    expect(await failWith("Secret7")).to.contain("(code=Secret7 ");
    expect(await failWith("InternalError"), "a documented code").to.contain("(code=InternalError ");
  });

  it("hides a secret of any length in foreign text, but never in its own words", async () => {
    const failWith = async (callbackKey: string) => {
      const why = words`the template is ${"a code"}`;
      const failure = new ProviderError(why, { code: "Provider.NotFound", remedy: words`Delete ${"it"} again.` });
      const lifecycle = lifecycleDoing(() => Promise.reject(failure));
      return (await rejection(lifecycle.create(context, { callbackKey }))).message;
    };
    const line = (what: string, advised: string) =>
      `cannot create thing undefined: the template is ${what}. Delete ${advised} again. ` +
      "(code=Provider.NotFound action=none requestId=none retryable=false)";
    for (const secret of ["template", "is", "cannot", "retryable", "Delete", "Provider"])
      expect(await failWith(secret), secret).to.equal(line("a code", "it"));
    expect(await failWith("code")).to.equal(line("a [hidden]", "it"));
    expect(await failWith("a")).to.equal(line("[hidden] code", "it"));
    expect(await failWith("t")).to.equal(line("a code", "i[hidden]"));
  });

  it("records no state for a failure that is not partial", async () => {
    const error = await failing(new ProviderError("why", { code: "Provider.NotFound" }));
    expect(error.recorded).to.equal(undefined);
  });

  it("passes on the state that a partial failure records", async () => {
    const recorded = { id: "1", outs: { templateName: "hooks" } };
    const error = await failing(new PartialFailure(new ProviderError("why", { code: "Provider.NotFound" }), recorded));
    expect(error.recorded).to.deep.equal(recorded);
    expect(error.message).to.match(/^cannot delete thing 1: why\. \(code=/);
  });

  it("returns undefined for a resource that does not exist, and provides an error for hosts that report it", async () => {
    const gone = lifecycleDoing(async () => undefined);
    expect(await gone.read(context, "1")).to.equal(undefined);
    expect(gone.getNotFound("1")).to.include({ code: "Provider.NotFound", retryable: false, recorded: undefined });
    expect(gone.getNotFound("1").message).to.equal(
      "cannot read thing 1: there is no thing 1. Check the id. " +
        "(code=Provider.NotFound action=none requestId=none retryable=false)",
    );
  });
});

describe("a key pair", () => {
  const cloud = useCloud();

  const reading = (id: string, key: string) => {
    const environment = {
      ...{ TENCENTCLOUD_SECRET_ID: id, TENCENTCLOUD_SECRET_KEY: key },
      TENCENTCLOUD_LIVE_ENDPOINT: cloud.url,
    };
    return rejection(cloud.deployment({}, { environment }).callbackTemplate.read("1", {}));
  };

  it("is valid with the line end of a secret store, and counts as absent if it is only white space", async () => {
    const { secretId, secretKey } = EMULATOR_CREDENTIALS;
    expect((await reading(`${secretId}\n`, ` ${secretKey}\r\n`)).message).to.contain("there is no template 1");
    expect((await reading("\n", " ")).message).to.contain("code=Provider.CredentialsNotFound");
  });
});

describe("an invalid setting", () => {
  const cloud = useCloud();

  for (const type of ["callbackTemplate", "domainBinding"] as const) {
    it(`fails the check of a ${type}, at preview, without a call`, async () => {
      const deployment = cloud.deployment({ "tencentcloud-live:retrySeconds": "soon" });
      const error = await rejection(deployment[type].check({}, { domainName: "a.example.com", templateId: 1 }));
      expect(error.message).to.match(/^cannot check .*: tencentcloud-live:retrySeconds must be a number of seconds/);
      expect(cloud.calls()).to.deep.equal({});
    });
  }

  it("is reported without the domain while that is unknown, in any form", async () => {
    for (const domainName of [UNKNOWN_SENTINEL, [UNKNOWN_SENTINEL], { name: UNKNOWN_SENTINEL }]) {
      const deployment = cloud.deployment({ "tencentcloud-live:retrySeconds": "soon" });
      const error = await rejection(deployment.domainBinding.check({}, { domainName, templateId: 1 }));
      expect(error.message).to.match(/^cannot check domain binding: tencentcloud-live:retrySeconds must be /);
    }
  });
});
