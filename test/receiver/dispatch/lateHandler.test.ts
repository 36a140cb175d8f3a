import { expect } from "chai";
import { deferred, eventOf, ManualTimer, receiver, settle, status } from "../../support/receiver";

describe("a handler that is late", () => {
  it("is answered with 500 when its time is up, and told by its signal", async () => {
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
      message: "The handler of a streamBegin event was not done within 15000 ms.",
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

  it("does not block its event if it is never done: the next copy is handled", async () => {
    const clock = new ManualTimer();
    const outcomes = [new Promise(() => {}), Promise.resolve()];
    const { handler } = receiver({ timer: clock.timer, onEvent: () => outcomes.shift() });
    const stuck = handler.receive(eventOf("1"));
    await settle();
    clock.expire();
    expect([await status(stuck), await status(handler.receive(eventOf("1")))]).to.deep.equal([500, 200]);
  });
});

describe("a handler that is in time", () => {
  it("leaves no timer behind, whether it succeeded or failed", async () => {
    const clock = new ManualTimer();
    const outcomes = [Promise.resolve(), Promise.reject(new Error("failed"))];
    const { handler } = receiver({ timer: clock.timer, onEvent: () => outcomes.shift() });
    expect([await status(handler.receive(eventOf("1"))), await status(handler.receive(eventOf("2")))]).to.deep.equal([
      200, 500,
    ]);
    expect(clock.waiting).to.deep.equal([]);
  });
});
