import { expect } from "chai";
import { RateLimits } from "../../../emulator/http/rateLimits";
import { ApiError, isThrottled } from "../../../provider/api/errors";
import { RateLimiter } from "../../../provider/api/rateLimiter";
import { VirtualClock } from "../../support/clock";
import { create, startCloud } from "../../support/cloud";
import { startedByTest } from "../../support/lifetime";

const DOCUMENTED = 200;

/** Starts an API at a latency of 25 ms, plus or minus 10, with the rate limits of the emulator. */
function startApi(limit: number) {
  const clock = new VirtualClock();
  const limits = new RateLimits({ CreateLiveCallbackRule: limit });
  const limiter = new RateLimiter(DOCUMENTED, clock);
  const tally = { accepted: [] as number[], rejected: 0 };
  let number = 0;
  const call = async (): Promise<void> => {
    await clock.sleep(15 + (number++ % 5) * 5);
    try {
      limits.count("CreateLiveCallbackRule", clock.monotonic());
      tally.accepted.push(clock.monotonic());
    } catch (error) {
      tally.rejected++;
      const { code, message } = error as ApiError;
      throw new ApiError(message, { code, action: "CreateLiveCallbackRule" });
    } finally {
      await clock.sleep(25);
    }
  };
  /** Repeats a call until it is accepted, as the client does. */
  const accepted = async (): Promise<void> => {
    for (;;) {
      const error = await limiter.run(call).catch((failure: unknown) => failure);
      if (error === undefined) return;
      if (!isThrottled(error)) throw error;
    }
  };
  const all = (calls: number) => Promise.all(Array.from({ length: calls }, accepted));
  return { clock, limits, tally, all };
}

describe("the rate limiter", () => {
  it("delays no call below the documented limit, except for the limit of 16 concurrent calls", async () => {
    const { clock, all } = startApi(DOCUMENTED);
    await all(DOCUMENTED * 0.95);
    expect(clock.monotonic()).to.be.below(((DOCUMENTED * 0.95) / 16) * 60);
  });

  it("keeps to the documented limit without a rejection, at 90 % of its rate or more", async () => {
    const { clock, tally, all } = startApi(DOCUMENTED);
    await all(4_000);
    expect(tally.rejected).to.equal(0);
    expect(clock.monotonic() / 1000).to.be.below(4_000 / (DOCUMENTED * 0.9));
  });

  for (const limit of [10, 20, 60, 150]) {
    it(`adapts to a lower limit of ${limit} calls per second: few are rejected, and most of the rate is used`, async () => {
      const { clock, tally, all } = startApi(limit);
      // Calls that were sent before the first rejection arrived do not count.
      await all(DOCUMENTED);
      const [before, rejectedBefore] = [clock.monotonic(), tally.rejected];
      await all(2_000);
      expect((tally.rejected - rejectedBefore) / 2_000).to.be.below(0.05);
      expect(2_000 / ((clock.monotonic() - before) / 1000)).to.be.above(limit * 0.75);
    });
  }

  it("tries ten calls per second while none is accepted, and then returns to the full rate", async () => {
    const { clock, limits, tally, all } = startApi(DOCUMENTED);
    // Another client uses the whole limit for a minute.
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
    expect(tally.rejected).to.be.within(300, 620);
    expect(clock.monotonic()).to.be.below(80_000);
  });

  it("sends calls in the order of arrival", async () => {
    const clock = new VirtualClock();
    const limiter = new RateLimiter(3, clock);
    const order: number[] = [];
    await Promise.all([1, 2, 3, 4, 5].map((number) => limiter.run(async () => order.push(number))));
    expect(order).to.deep.equal([1, 2, 3, 4, 5]);
  });

  it("is not slowed down by any error other than throttling", async () => {
    const clock = new VirtualClock();
    const limiter = new RateLimiter(DOCUMENTED, clock);
    const failing = () => limiter.run(() => Promise.reject(new Error("another reason")));
    await Promise.allSettled(Array.from({ length: 20 }, failing));
    for (let call = 0; call < 100; call++) await limiter.run(async () => undefined);
    expect(clock.monotonic()).to.equal(0);
  });

  it("passes on the errors of calls, and continues after them", async () => {
    const clock = new VirtualClock();
    const limiter = new RateLimiter(1, clock);
    const failing = limiter.run(() => Promise.reject(new Error("no connection")));
    const next = limiter.run(async () => "done");
    expect(await failing.catch(({ message }: Error) => message)).to.equal("no connection");
    expect(await next).to.equal("done");
  });
});

describe("the creation of 400 resources at once", function () {
  this.timeout(60_000);
  const [cloud, start] = startedByTest(startCloud);

  for (const [limit, what] of [
    [200, "with the documented limits"],
    [100, "while others use half of the documented limits"],
  ] as const) {
    it(`completes ${what}, with less than 5 % of the calls rejected after the first rejection`, async () => {
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
      const rejected = cloud.callRecord().filter(({ code }) => code === "RequestLimitExceeded");
      const atFirst = limit < DOCUMENTED ? 2 * 16 : 0;
      expect(rejected.length).to.be.at.most(atFirst + 0.05 * 400);
    });
  }
});
