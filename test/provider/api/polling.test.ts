import { expect } from "chai";
import { pollUntil, retryWhile, startBudget } from "../../../provider/api/retry";
import { failureOf } from "../../support/api/apiServer";
import { VirtualClock } from "../../support/clock";

describe("pollUntil", () => {
  const backoff = { initialDelayMs: 100, maxDelayMs: 400, jitter: () => 1 };
  let clock: VirtualClock;
  let looks: number[];
  beforeEach(() => {
    clock = new VirtualClock();
    looks = [];
  });

  /** Creates a look that records its time and returns the next of `findings`. */
  const look = (...findings: unknown[]) => {
    return async (): Promise<unknown> => {
      looks.push(clock.monotonic());
      return findings.shift();
    };
  };

  it("returns the first value that a look finds, even if it is 0", async () => {
    expect(await pollUntil(look(undefined, undefined, 0, 1), startBudget(clock, 60_000), backoff)).to.equal(0);
    expect(looks).to.deep.equal([0, 100, 300]);
  });

  it("returns undefined when the budget ends, after a last look", async () => {
    expect(await pollUntil(look(), startBudget(clock, 1_000), backoff)).to.equal(undefined);
    expect(looks).to.deep.equal([0, 100, 300, 700, 1_000]);
  });

  it("never waits longer than the budget lasts, however long the backoff is", async () => {
    const hour = 3_600_000;
    await pollUntil(look(), startBudget(clock, 20), { ...backoff, initialDelayMs: hour, maxDelayMs: hour });
    expect(looks).to.deep.equal([0, 20]);
  });

  it("ends a wait immediately when its signal is aborted, and does not look again", async () => {
    const cancel = new AbortController();
    const polling = pollUntil(look(), startBudget(clock, 60_000, { signal: cancel.signal }), backoff);
    clock.sleep(250).then(() => cancel.abort());
    expect(await polling).to.equal(undefined);
    expect([looks, clock.monotonic()]).to.deep.equal([[0, 100], 250]);
  });

  it("fails with the first failure of a look", async () => {
    const failure = new TypeError("a defect");
    const failing = pollUntil(() => Promise.reject(failure), startBudget(clock, 60_000), backoff);
    expect(await failureOf(failing, TypeError)).to.equal(failure);
    expect(clock.monotonic()).to.equal(0);
  });
});

describe("a budget", () => {
  it("allows one attempt even if it has no time", async () => {
    const budget = startBudget(new VirtualClock(), 0);
    const backoff = { initialDelayMs: 1, maxDelayMs: 2 };
    let attempts = 0;
    const attempt = async (): Promise<void> => {
      attempts++;
      throw new RangeError("again");
    };
    await failureOf(
      retryWhile(attempt, () => true, budget, backoff),
      RangeError,
    );
    expect(attempts).to.equal(1);
  });

  it("has the time that is left of it, and never a negative one", () => {
    const clock = new VirtualClock();
    const budget = startBudget(clock, 1_000);
    clock.advance(400);
    expect([budget.remainingMs(), startBudget(clock, -5).remainingMs()]).to.deep.equal([600, 0]);
    clock.advance(700);
    expect(budget.remainingMs()).to.equal(0);
  });

  it("ends when its signal is aborted", () => {
    const cancel = new AbortController();
    const budget = startBudget(new VirtualClock(), 1_000, { signal: cancel.signal });
    cancel.abort();
    expect(budget.remainingMs()).to.equal(0);
  });
});
