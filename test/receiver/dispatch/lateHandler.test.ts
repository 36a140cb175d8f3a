import { expect } from "chai";
import type { CallbackHandlerOptions } from "../../../receiver";
import { deferred, eventOf, ManualTimer, receiver, SENT, settle, signed, status } from "../../support/receiver";
import { audioAudit, pornCensorship, pushException, snapshot, streamBegin } from "../../support/receiverSamples";

describe("a late handler", () => {
  it("leads to status 500 at the deadline, and its signal is aborted", async () => {
    const clock = new ManualTimer();
    const signals: AbortSignal[] = [];
    const { handler, reported } = receiver({
      timer: clock.timer,
      onEvent: (_event, { signal }) => {
        signals.push(signal);
        return new Promise(() => {});
      },
    });
    const response = handler.receive(eventOf("1"));
    await settle();
    expect(signals[0]?.aborted).to.equal(false);
    clock.expire();
    expect(JSON.parse((await response).body)).to.deep.equal({
      code: "handler_timeout",
      message: "The handler of a streamBegin event did not finish within 15000 ms.",
    });
    expect([await status(response), signals[0]?.aborted, reported]).to.deep.equal([500, true, ["handler_timeout"]]);
  });

  it("is not called again for the next copy if it succeeds after all", async () => {
    const clock = new ManualTimer();
    const work = deferred();
    let calls = 0;
    const { handler } = receiver({
      timer: clock.timer,
      onEvent: () => {
        calls += 1;
        return work.promise;
      },
    });
    const late = handler.receive(eventOf("1"));
    await settle();
    clock.expire();
    expect(await status(late)).to.equal(500);
    work.resolve();
    await settle();
    expect([await status(handler.receive(eventOf("1"))), calls]).to.deep.equal([200, 1]);
  });

  it("is not started a second time while it runs: copies wait for it, and get 503 at their deadline", async () => {
    const clock = new ManualTimer();
    const work = deferred();
    let calls = 0;
    const { handler, reported } = receiver({
      timer: clock.timer,
      onEvent: () => {
        calls += 1;
        return work.promise;
      },
    });
    const late = status(handler.receive(eventOf("1")));
    await clock.pass(60_000);
    const copy = handler.receive(eventOf("1"));
    await clock.pass(15_000);
    expect([await late, (await copy).status, JSON.parse((await copy).body).code]).to.deep.equal([
      ...[500, 503, "in_progress"],
    ]);
    const last = status(handler.receive(eventOf("1")));
    await clock.pass(14_999);
    work.resolve();
    expect([await last, calls]).to.deep.equal([200, 1]);
    expect([reported, clock.waiting]).to.deep.equal([["handler_timeout", "in_progress"], []]);
  });

  it("leaves its event to the next copy if it fails after all, and is reported", async () => {
    const clock = new ManualTimer();
    const work = deferred();
    const outcomes = [work.promise, Promise.resolve()];
    const { handler, reported } = receiver({ timer: clock.timer, onEvent: () => outcomes.shift() });
    const late = status(handler.receive(eventOf("1")));
    await clock.pass(15_000);
    work.reject(new Error("failed"));
    await settle();
    expect([await late, await status(handler.receive(eventOf("1")))]).to.deep.equal([500, 200]);
    expect(reported).to.deep.equal(["handler_timeout", "handler_failed"]);
  });
});

describe("a failure after which no copy can be expected", () => {
  const MINUTE = 60_000;
  const failing = (options: CallbackHandlerOptions) => {
    const clock = new ManualTimer();
    return { clock, ...receiver({ timer: clock.timer, onEvent: () => Promise.reject(new Error("no")), ...options }) };
  };

  for (const [name, sample, happened] of [
    ["streamBegin", { ...streamBegin, event_time: 1_588_000_000 }, 1_588_000_000_000],
    ["snapshot", { ...snapshot, create_time: 1_588_000_000 }, 1_588_000_000_000],
    ["pornCensorship", { ...pornCensorship, screenshotTime: 1_588_000_000 }, 1_588_000_000_000],
    ["pushException", { ...pushException, data_time: 1_588_000_000_123 }, 1_588_000_000_123],
    ["audioAudit", audioAudit, SENT],
  ] as const) {
    it(`is reported as lost if its event is more than 20 min old: ${name}`, async () => {
      const leewaySeconds = 1e9;
      const early = failing({ leewaySeconds, clock: () => happened + 20 * MINUTE });
      const late = failing({ leewaySeconds, clock: () => happened + 20 * MINUTE + 1 });
      for (const { handler } of [early, late]) expect(await status(handler.receive(signed(sample)))).to.equal(500);
      expect([early.reported, early.lost]).to.deep.equal([["handler_failed"], []]);
      expect([late.reported, late.lost]).to.deep.equal([[], ["handler_failed"]]);
    });
  }

  it("is reported as lost if the event was already acknowledged, whether its handler fails or is late", async () => {
    const immediately = { acknowledge: "immediately" } as const;
    const failed = failing(immediately);
    const late = failing({ ...immediately, onEvent: () => new Promise(() => {}) });
    for (const { handler, clock } of [failed, late]) {
      expect(await status(handler.receive(eventOf("1")))).to.equal(200);
      await clock.pass(15_000);
    }
    expect([failed.lost, late.lost]).to.deep.equal([["handler_failed"], ["handler_timeout"]]);
  });
});

describe("a handler that ends in time", () => {
  it("leaves no timer behind, whether it succeeds or fails", async () => {
    const clock = new ManualTimer();
    const outcomes = [Promise.resolve(), Promise.reject(new Error("failed"))];
    const { handler } = receiver({ timer: clock.timer, onEvent: () => outcomes.shift() });
    expect([await status(handler.receive(eventOf("1"))), await status(handler.receive(eventOf("2")))]).to.deep.equal([
      200, 500,
    ]);
    expect(clock.waiting).to.deep.equal([]);
  });
});
