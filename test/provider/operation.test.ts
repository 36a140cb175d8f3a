import { expect } from "chai";
import { pollUntil } from "../../provider/api/retry";
import { Deployment } from "../../provider/deployment";
import { environmentHost } from "../../provider/hosts/environment";
import { Operation, type OperationContext } from "../../provider/operation";

const backoff = { initialDelayMs: 1, maxDelayMs: 2 };

const operation = (context: Partial<OperationContext> = {}): Operation => {
  const deployment = new Deployment(environmentHost, { environment: {}, backoff });
  return new Operation(deployment, { owner: "", ownerInState: "", ...context });
};

describe("an operation", () => {
  it("has one budget for all its steps, of the time that the settings allow", () => {
    const one = operation();
    expect(one.budget).to.equal(one.budget);
    expect(one.budget.remainingMs()).to.be.within(1, 60_000);
  });

  it("may be given another time by its host", () => {
    expect(operation({ timeoutMs: 1_000 }).budget.remainingMs()).to.be.within(1, 1_000);
  });

  it("stops waiting when its signal is aborted, but not in a step that must not be left half done", async () => {
    const cancel = new AbortController();
    const { signal } = cancel;
    const cancelled = operation({ signal });
    let looks = 0;
    const look = async (): Promise<undefined> => {
      if (++looks === 3) cancel.abort();
    };
    await pollUntil(look, cancelled.startWait(60_000), backoff);
    expect(looks).to.equal(3);
    expect(cancelled.budget.remainingMs()).to.equal(0);
    expect(cancelled.startBudget().remainingMs()).to.be.within(1, 60_000);
  });
});
