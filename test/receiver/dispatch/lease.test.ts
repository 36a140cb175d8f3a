import { expect } from "chai";
import type { CallbackError, CallbackHandlerOptions, EventStore } from "../../../receiver";
import { memoryStore } from "../../../receiver";
import { deferred, eventOf, ManualTimer, receiver, settle, status } from "../../support/receiver";

/** A receiver whose handler runs until `work` ends, and whose store has the same clock. */
function working(options: CallbackHandlerOptions = {}) {
  const clock = new ManualTimer();
  const store = memoryStore(10, () => clock.now);
  const work = deferred();
  const signals: AbortSignal[] = [];
  const world = receiver({
    store,
    timer: clock.timer,
    onEvent: (_event, { signal }) => {
      signals.push(signal);
      return work.promise;
    },
    ...options,
  });
  return { clock, store, work, signals, ...world };
}

const begin = async (store: EventStore, id = "1:1") => (await store.begin(id, 60_000)).state;

describe("the lease of an event", () => {
  for (const acknowledge of ["afterHandling", "immediately"] as const) {
    it(`is held while the handler runs, even if it is late: ${acknowledge}`, async () => {
      const { clock, store, work, handler, reported, lost } = working({ acknowledge });
      void handler.receive(eventOf("1"));
      await clock.pass(1_000_000);
      expect(await begin(store)).to.equal("inProgress");
      work.resolve();
      await settle();
      expect([await begin(store), clock.waiting]).to.deep.equal(["handled", []]);
      expect([...reported, ...lost]).to.deep.equal(["handler_timeout"]);
    });
  }

  it("ends when a late handler fails, so that the next copy is handled", async () => {
    const { clock, store, work, handler, reported } = working();
    void handler.receive(eventOf("1"));
    await clock.pass(100_000);
    work.reject(new Error("failed"));
    await settle();
    expect([await begin(store), clock.waiting]).to.deep.equal(["begun", []]);
    expect(reported).to.deep.equal(["handler_timeout", "handler_failed"]);
  });

  it("expires if its instance dies, and the next copy begins", async () => {
    const { clock, store } = working();
    const dead: EventStore = store;
    expect(await begin(dead)).to.equal("begun");
    await clock.pass(59_999);
    expect(await begin(store)).to.equal("inProgress");
    await clock.pass(1);
    expect(await begin(store)).to.equal("begun");
  });

  it("aborts the signal and is reported if another instance has taken it over, which keeps its own", async () => {
    const errors: CallbackError[] = [];
    const { clock, store, signals, work, handler } = working({
      timeoutMs: 100_000,
      onError: (error) => errors.push(error),
    });
    const response = handler.receive(eventOf("1"));
    await settle();
    // The process was paused for longer than its lease.
    clock.now += 60_000;
    const other = await store.begin("1:1", 60_000);
    expect(signals[0]?.aborted).to.equal(false);
    await clock.pass(0);
    expect(signals[0]?.reason).to.equal(errors[0]);
    work.resolve();
    expect(await status(response)).to.equal(200);
    expect(errors.map(({ code, eventId }) => [code, eventId])).to.deep.equal([
      ["lease_lost", "1:1"],
      ["lease_lost", "1:1"],
    ]);
    expect(await begin(store)).to.equal("inProgress");
    expect(await store.handled("1:1", (other as { token: string }).token)).to.equal(true);
  });

  it("survives a failed or slow extension, and is lost after 48 s without an extension", async () => {
    const failure = new Error("no store");
    const extensions = [() => Promise.reject(failure), () => new Promise<boolean>(() => {}), () => true];
    const errors: CallbackError[] = [];
    const { clock, signals, handler } = working({
      timeoutMs: 200_000,
      onError: (error) => errors.push(error),
      store: { ...memoryStore(), extend: () => (extensions.shift() ?? (() => Promise.reject(failure)))() },
    });
    void handler.receive(eventOf("1"));
    await clock.pass(36_000 + 47_999);
    expect([extensions.length, signals[0]?.aborted]).to.deep.equal([0, false]);
    await clock.pass(1);
    expect(signals[0]?.reason).to.equal(errors[0]);
    expect(errors.map(({ code, cause, lost }) => [code, cause, lost])).to.deep.equal([["lease_lost", failure, false]]);
  });

  it("is not reported as lost if the store rejects an extension after the event was handled", async () => {
    const extension = deferred<boolean>();
    const { clock, work, handler, reported, lost } = working({
      store: { ...memoryStore(), extend: () => extension.promise },
    });
    const response = handler.receive(eventOf("1"));
    await clock.pass(12_000);
    work.resolve();
    expect(await status(response)).to.equal(200);
    extension.resolve(false);
    await settle();
    expect([...reported, ...lost]).to.deep.equal([]);
  });
});
