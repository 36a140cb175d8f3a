import { inspect } from "node:util";
import { expect } from "chai";
import { createProvider } from "../../../provider/hosts/dynamic";
import { clockAt, VirtualClock } from "../../support/clock";
import { rejection, useCloud } from "../../support/cloud";
import { CANARIES, CANARY_CREDENTIALS, leaksIn } from "../../support/provider/canaries";
import { environmentOf, ONE_LINE, OPERATIONS, type Stack, stackIn } from "../../support/provider/operations";

describe("an error that leaves the provider", () => {
  const cloud = useCloud({ credentials: [CANARY_CREDENTIALS] });
  let stack: Stack;
  beforeEach(async () => {
    stack = await stackIn(cloud);
  });

  const failing = async (operation: string, message: string, debug = ""): Promise<Error> => {
    cloud.addFault({ kind: "error", code: "InvalidParameter", message });
    const deployment = cloud.deployment(
      {},
      { environment: { ...environmentOf(cloud.url), TENCENTCLOUD_LIVE_DEBUG: debug } },
    );
    return rejection(OPERATIONS[operation]?.run(deployment, stack) ?? Promise.resolve());
  };

  it("K1: has no secret in its cause, even with TENCENTCLOUD_LIVE_DEBUG", async () => {
    const error = await failing("update of a template", `bad ${CANARIES.callbackKey}`, "1");
    expect(leaksIn(inspect(error, { depth: 10 }))).to.deep.equal([]);
  });

  const FORMS: Record<string, string> = {
    "the whole URL in the JSON of Go": JSON.stringify(CANARIES.url).replaceAll("&", "\\u0026"),
    "the whole URL, encoded": encodeURIComponent(CANARIES.url),
    "the password alone": "the password CanaryPassword is wrong",
    "one value of the query": "sign CanarySign does not match",
    "the URL with its query put in another order": "https://hooks.example.com/live?more=CanaryMore&sign=CanarySign",
  };
  for (const [what, message] of Object.entries(FORMS)) {
    it(`K1: shows no secret of a URL in another form: ${what}`, async () => {
      const error = await failing("update of a template", message);
      expect(leaksIn(error.message)).to.deep.equal([]);
    });
  }

  it("K1: shows no key of another resource of the deployment", async () => {
    const deployment = cloud.deployment({}, { environment: environmentOf(cloud.url) });
    await OPERATIONS["read of a template"]?.run(deployment, stack);
    cloud.addFault({ kind: "error", code: "InvalidParameter", message: `conflict with ${CANARIES.callbackKey}` });
    const error = await rejection(OPERATIONS["create of a binding"]?.run(deployment, stack) ?? Promise.resolve());
    expect(leaksIn(error.message)).to.deep.equal([]);
  });

  for (const [what, thrown] of Object.entries({
    "an object without a prototype": Object.create(null),
    "an error whose message is not text": Object.assign(new Error(), { message: { toString: null } }),
  })) {
    it(`S6: has one line if ${what} is thrown`, async () => {
      const now = (): never => {
        throw thrown;
      };
      const { callbackTemplate } = createProvider({ environment: environmentOf(cloud.url), clock: clockAt(now) });
      const error = await rejection(callbackTemplate.read("1", {}));
      expect(error.message).to.match(ONE_LINE);
    });
  }

  it("S6: has one line if the properties are missing", async () => {
    const { callbackTemplate } = createProvider({ environment: environmentOf("ftp://x") });
    const error = await rejection(callbackTemplate.delete("1", undefined as unknown as Record<string, unknown>));
    expect(error.message).to.match(ONE_LINE);
  });

  it("C11: ends a lost create exactly after the search budget, whatever the budget for retries", async () => {
    cloud.addFault({ kind: "status", status: 500, times: "always", skip: 1 });
    const clock = new VirtualClock();
    const backoff = { initialDelayMs: 100, maxDelayMs: 400 };
    const options = { environment: environmentOf(cloud.url), reconcileMs: 2_000, backoff, clock };
    const deployment = cloud.deployment({ "tencentcloud-live:retrySeconds": "240" }, options);
    await rejection(OPERATIONS["create of a template"]?.run(deployment, stack) ?? Promise.resolve());
    expect(clock.monotonic()).to.equal(2_000);
  });
});
