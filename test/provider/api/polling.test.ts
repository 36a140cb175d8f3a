import { expect } from "chai";
import { pollUntil, retryWhile, startBudget } from "../../../provider/api/retry";
import { enough, failureOf, looks } from "../../support/api/apiServer";

describe("waiting for something", () => {
  const backoff = { initialDelayMs: 1, maxDelayMs: 2 };

  it("ends with what was found", async () => {
    const answers = [undefined, undefined, 0];
    expect(await pollUntil(async () => answers.shift(), enough(), backoff)).to.equal(0);
    expect(answers).to.deep.equal([]);
  });

  it("ends with nothing when the budget does", async () => {
    let times = 0;
    const nothing = async (): Promise<undefined> => void times++;
    expect(await pollUntil(nothing, looks(6), backoff)).to.equal(undefined);
    expect(times).to.equal(4);
  });

  it("never waits longer than the budget lasts, however long the backoff", async () => {
    const hour = 3_600_000;
    const started = performance.now();
    await pollUntil(async () => undefined, startBudget(20), { initialDelayMs: hour, maxDelayMs: hour });
    expect(performance.now() - started).to.be.within(15, 5_000);
  });

  it("ends with the first failure of looking", async () => {
    const failure = new TypeError("a defect");
    const error = await failureOf(
      pollUntil(() => Promise.reject(failure), enough(), backoff),
      TypeError,
    );
    expect(error).to.equal(failure);
  });

  it("takes at least one look, and a budget never lasts less than nothing", async () => {
    expect(
      await retryWhile(
        async () => "seen",
        () => true,
        startBudget(0),
        backoff,
      ),
    ).to.equal("seen");
    expect(startBudget(-5).remainingMs()).to.equal(0);
    expect(startBudget(1_000).remainingMs()).to.be.within(1, 1_000);
  });
});
