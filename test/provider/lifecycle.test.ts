import type { dynamic } from "@pulumi/pulumi";
import { expect } from "chai";
import { EMULATOR_CREDENTIALS } from "../../emulator";
import { LiveError, ProviderError } from "../../provider/api/errors";
import type { Budget } from "../../provider/api/retry";
import { Deployment } from "../../provider/deployment";
import { asResourceProvider, PartialFailure, type ResourceType } from "../../provider/lifecycle";
import { rejection, useCloud } from "../support/cloud";

/** A resource type of which every method does the same. */
function typeDoing(work: () => Promise<unknown>): ResourceType {
  const methods = ["check", "diff", "create", "read", "update", "delete"];
  const type = Object.fromEntries(methods.map((name) => [name, work]));
  return { ...type, label: (id: string | undefined) => `thing ${id}` } as unknown as ResourceType;
}

const OPERATIONS: Record<string, (type: Required<dynamic.ResourceProvider>) => Promise<unknown>> = {
  create: (type) => type.create({}),
  read: (type) => type.read("1", {}),
  update: (type) => type.update("1", {}, {}),
  delete: (type) => type.delete("1", {}),
};

describe("the lifecycle of a resource, as the host calls it", () => {
  for (const [name, run] of Object.entries(OPERATIONS)) {
    it(`has one budget for all steps of one ${name}, and another one for those of the next`, async () => {
      const session = new Deployment({ environment: {} });
      const budgets: Budget[] = [];
      const type = asResourceProvider(
        session,
        typeDoing(async () => {
          budgets.push(session.budget);
          // What waits in between, like a call to the API, must not lose it.
          await new Promise(setImmediate);
          budgets.push(session.budget);
        }),
      );
      await Promise.all([run(type), run(type)]);
      expect(budgets).to.have.length(4);
      expect(new Set(budgets).size).to.equal(2);
      expect(budgets[0]).to.equal(budgets[2]);
    });
  }

  const failing = async (thrown: unknown, environment = {}) => {
    const type = typeDoing(() => Promise.reject(thrown));
    return rejection(asResourceProvider(new Deployment({ environment }), type).delete("1", {}));
  };

  it("tells every failure on one line, also where a reason or a remedy has several", async () => {
    const failure = new ProviderError("one\n  two\r\n\r\nthree", { code: "Provider.NotFound", remedy: "Do\nthis." });
    expect((await failing(failure)).message).to.equal(
      "cannot delete thing 1: one two three. Do this. " +
        "(code=Provider.NotFound action=none requestId=none retryable=false)",
    );
  });

  it("asks for a report of a defect, with what helps to find it", async () => {
    expect((await failing(new TypeError("x is not a function"))).message).to.equal(
      "cannot delete thing 1: x is not a function. This is a defect of pulumi-tencentcloud-live: " +
        "please report it, with what TENCENTCLOUD_LIVE_DEBUG=1 adds. " +
        "(code=Provider.Defect action=none requestId=none retryable=false)",
    );
  });

  it("shows the stack of the cause with TENCENTCLOUD_LIVE_DEBUG, and none without", async () => {
    const failure = new LiveError("why", { code: "Provider.NotFound" });
    expect((await failing(failure)).stack).to.equal("");
    expect((await failing(failure, { TENCENTCLOUD_LIVE_DEBUG: "1" })).stack).to.equal(failure.stack);
  });

  it("hides a secret in the codes too, unless it is so short that it may stand there by chance", async () => {
    const failWith = async (callbackKey: string) => {
      const type = typeDoing(() => Promise.reject(new LiveError("why", { code: callbackKey })));
      return (await rejection(asResourceProvider(new Deployment({ environment: {} }), type).create({ callbackKey })))
        .message;
    };
    expect(await failWith("Secret78")).to.contain("(code=[hidden] ");
    expect(await failWith("Secret7")).to.contain("(code=Secret7 ");
  });

  it("says nothing about a state where nothing failed half-way", async () => {
    const error = await failing(new ProviderError("why", { code: "Provider.NotFound" }));
    expect(error).to.not.have.any.keys("id", "properties", "reasons");
  });

  it("hands on what a failure half-way leaves, with the reason that the engine shows", async () => {
    const recorded = { id: "1", properties: { __provider: "text" } };
    const error = await failing(new PartialFailure(new ProviderError("why", { code: "Provider.NotFound" }), recorded));
    expect(error).to.deep.include({ ...recorded, reasons: [error.message] });
    expect(error.message).to.match(/^cannot delete thing 1: why\. \(code=/);
  });
});

describe("a session", () => {
  it("waits as it is told", () => {
    const backoff = { initialDelayMs: 1, maxDelayMs: 2 };
    expect(new Deployment({ backoff, reconcileMs: 3 })).to.include({ backoff, reconcileMs: 3 });
  });

  it("that is given nothing takes the environment of the process, waits as designed, and has a budget outside of operations too", () => {
    const session = new Deployment();
    expect(session.reconcileMs).to.equal(15_000);
    expect(session.backoff).to.deep.equal({ initialDelayMs: 100, maxDelayMs: 5_000 });
    expect(session.budget.remainingMs()).to.be.within(1, 60_000);
    const { TENCENTCLOUD_LIVE_DEBUG: before } = process.env;
    try {
      process.env["TENCENTCLOUD_LIVE_DEBUG"] = "1";
      expect(session.debug).to.equal(true);
    } finally {
      if (before === undefined) delete process.env["TENCENTCLOUD_LIVE_DEBUG"];
      else process.env["TENCENTCLOUD_LIVE_DEBUG"] = before;
    }
  });

  it("takes a setting that is null or empty for one that is not set", () => {
    for (const value of [undefined, null, ""]) {
      const session = new Deployment({ environment: {} });
      session.configure({ config: { get: () => value } } as unknown as dynamic.ConfigureRequest);
      expect(session.settings).to.include({ retryMs: 60_000, verifyDomains: true });
    }
  });
});

describe("credentials", () => {
  const cloud = useCloud();

  const reading = (id: string, key: string) => {
    const environment = {
      ...{ TENCENTCLOUD_SECRET_ID: id, TENCENTCLOUD_SECRET_KEY: key },
      TENCENTCLOUD_LIVE_ENDPOINT: cloud.url,
    };
    return rejection(cloud.deployment({}, { environment }).callbackTemplate.read("1", {}));
  };

  it("are good with the line end that a secret store has added, and none where there is nothing else", async () => {
    const { secretId, secretKey } = EMULATOR_CREDENTIALS;
    expect((await reading(`${secretId}\n`, ` ${secretKey}\r\n`)).message).to.contain("there is no template 1");
    expect((await reading("\n", " ")).message).to.contain("code=Provider.CredentialsNotFound");
  });
});

describe("a wrong setting", () => {
  const cloud = useCloud();

  for (const type of ["callbackTemplate", "domainBinding"] as const) {
    it(`fails the check of a ${type}, at preview, without a call`, async () => {
      const deployment = cloud.deployment({ "tencentcloud-live:retrySeconds": "soon" });
      const error = await rejection(deployment[type].check({}, { domainName: "a.example.com", templateId: 1 }));
      expect(error.message).to.match(/^cannot check .*: tencentcloud-live:retrySeconds must be a number of seconds/);
      expect(cloud.calls()).to.deep.equal({});
    });
  }
});
