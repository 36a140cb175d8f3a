import { expect } from "chai";
import { RateLimits } from "../../../emulator/http/rateLimits";
import { ApiError, isThrottled } from "../../../provider/api/errors";
import { RateLimiter } from "../../../provider/api/rateLimiter";
import { VirtualClock } from "../../support/clock";
import { create, startCloud } from "../../support/cloud";
import { startedByTest } from "../../support/lifetime";

const DOCUMENTED = 200;

/** An API at a distance of 25 ms, give or take 10, with the emulator's own count of calls. */
function startApi(limit: number) {
  const clock = new VirtualClock();
  const limits = new RateLimits({ CreateLiveCallbackRule: limit });
  const pace = new RateLimiter(DOCUMENTED, clock);
  const tally = { accepted: [] as number[], refused: 0 };
  let number = 0;
  const call = async (): Promise<void> => {
    await clock.sleep(15 + (number++ % 5) * 5);
    try {
      limits.count("CreateLiveCallbackRule", clock.monotonic());
      tally.accepted.push(clock.monotonic());
    } catch (error) {
      tally.refused++;
      const { code, message } = error as ApiError;
      throw new ApiError(message, { code, action: "CreateLiveCallbackRule" });
    } finally {
      await clock.sleep(25);
    }
  };
  /** A call that comes again until it is accepted, as the client makes them. */
  const accepted = async (): Promise<void> => {
    for (;;) {
      const error = await pace.run(call).catch((failure: unknown) => failure);
      if (error === undefined) return;
      if (!isThrottled(error)) throw error;
    }
  };
  const all = (calls: number) => Promise.all(Array.from({ length: calls }, accepted));
  return { clock, limits, tally, all };
}

describe("the pace of calls", () => {
  it("makes none wait while there are fewer than the documented limit, but for the 16 under way", async () => {
    const { clock, all } = startApi(DOCUMENTED);
    await all(DOCUMENTED * 0.95);
    expect(clock.monotonic()).to.be.below(((DOCUMENTED * 0.95) / 16) * 60);
  });

  it("keeps to the documented limit without a refusal, and within a tenth of its speed", async () => {
    const { clock, tally, all } = startApi(DOCUMENTED);
    await all(4_000);
    expect(tally.refused).to.equal(0);
    expect(clock.monotonic() / 1000).to.be.below(4_000 / (DOCUMENTED * 0.9));
  });

  for (const limit of [10, 20, 60, 150]) {
    it(`finds out that only ${limit} calls a second are left of it: few are refused, and most of the rate is used`, async () => {
      const { clock, tally, all } = startApi(limit);
      // What was sent before the first refusal came back cannot be helped.
      await all(DOCUMENTED);
      const [before, refusedBefore] = [clock.monotonic(), tally.refused];
      await all(2_000);
      expect((tally.refused - refusedBefore) / 2_000).to.be.below(0.05);
      expect(2_000 / ((clock.monotonic() - before) / 1000)).to.be.above(limit * 0.75);
    });
  }

  it("tries ten times a second where nothing is accepted, and gets up to speed again afterwards", async () => {
    const { clock, limits, tally, all } = startApi(DOCUMENTED);
    // Somebody else uses all of it for a minute.
    const hog = async (): Promise<void> => {
      while (clock.monotonic() < 60_000) {
        try {
          limits.count("CreateLiveCallbackRule", clock.monotonic());
        } catch {}
        await clock.sleep(1);
      }
    };
    const hogging = hog();
    await clock.sleep(2_000);
    await all(400);
    await hogging;
    expect(tally.refused).to.be.within(300, 620);
    expect(clock.monotonic()).to.be.below(80_000);
  });

  it("takes calls in the order in which they came", async () => {
    const clock = new VirtualClock();
    const pace = new RateLimiter(3, clock);
    const order: number[] = [];
    await Promise.all([1, 2, 3, 4, 5].map((number) => pace.run(async () => order.push(number))));
    expect(order).to.deep.equal([1, 2, 3, 4, 5]);
  });

  it("hands on the errors of calls, and goes on after them", async () => {
    const clock = new VirtualClock();
    const pace = new RateLimiter(1, clock);
    const failing = pace.run(() => Promise.reject(new Error("no connection")));
    const next = pace.run(async () => "done");
    expect(await failing.catch(({ message }: Error) => message)).to.equal("no connection");
    expect(await next).to.equal("done");
  });
});

describe("400 resources at once", function () {
  this.timeout(60_000);
  const [cloud, start] = startedByTest(startCloud);

  for (const [limit, what] of [
    [200, "with the documented limits"],
    [100, "where others use half of the documented limits"],
  ] as const) {
    it(`are all made ${what}, with less than 5 % of the calls refused but for those under way at the first refusal`, async () => {
      const rateLimits = { CreateLiveCallbackTemplate: limit, CreateLiveCallbackRule: limit };
      await start({ templateLimit: 1_000, rateLimits });
      const { callbackTemplate, domainBinding } = cloud.deployment();
      const pair = async (_: unknown, n: number): Promise<void> => {
        const streamBeginNotifyUrl = "https://hooks.example.com/live";
        const { id } = await create(callbackTemplate, { templateName: `hooks-${n}`, streamBeginNotifyUrl });
        await create(domainBinding, { domainName: `push-${n}.example.com`, templateId: Number(id) });
      };
      await Promise.all(Array.from({ length: 200 }, pair));
      expect(cloud.state().rules).to.have.length(200);
      const refused = cloud.callRecord().filter(({ code }) => code === "RequestLimitExceeded");
      const atFirst = limit < DOCUMENTED ? 2 * 16 : 0;
      expect(refused.length).to.be.at.most(atFirst + 0.05 * 400);
    });
  }
});
