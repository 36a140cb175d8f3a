import { expect } from "chai";
import { pollUntil } from "../../provider/api/retry";
import { Deployment } from "../../provider/deployment";
import { environmentHost } from "../../provider/hosts/environment";
import { Operation, type OperationContext } from "../../provider/operation";
import { words } from "../../provider/words";
import { VirtualClock } from "../support/clock";

describe("an operation", () => {
  let clock: VirtualClock;
  let deployment: Deployment;
  beforeEach(() => {
    clock = new VirtualClock();
    deployment = new Deployment(environmentHost, { environment: {}, clock });
  });

  const operation = (context: Partial<OperationContext> = {}): Operation => {
    return new Operation(deployment, { owner: "", ownerInState: "", ...context }, () => words`wait`);
  };

  it("has one budget for all its steps, with the time that the settings allow", () => {
    const one = operation();
    expect(one.budget.remainingMs()).to.equal(one.settings.retryMs);
    clock.advance(1_000);
    expect(one.budget.remainingMs()).to.equal(one.settings.retryMs - 1_000);
  });

  it("has the time-out of its host, if there is one, for its budget and for steps with their own", () => {
    const limited = operation({ timeoutMs: 1_234 });
    for (const budget of [limited.budget, limited.startWait(), limited.startBudget()]) {
      expect(budget.remainingMs()).to.equal(1_234);
    }
  });

  it("stops waiting when its deployment is cancelled, except in a step that must complete", async () => {
    const cancelled = operation();
    clock.sleep(2_500).then(() => deployment.cancel());
    const backoff = { initialDelayMs: 1_000, maxDelayMs: 1_000, jitter: () => 1 };
    let looks = 0;
    await pollUntil(async () => void looks++, cancelled.startWait(60_000), backoff);
    expect([looks, clock.monotonic()]).to.deep.equal([3, 2_500]);
    expect(cancelled.budget.remainingMs()).to.equal(0);
    expect(cancelled.startBudget().remainingMs()).to.equal(cancelled.settings.retryMs);
  });
});
