import { expect } from "chai";
import { CallbackError, createCallbackHandler, type EventStore, memoryStore } from "../../../receiver";
import { deferred, eventOf, KEY, ManualTimer, receiver, settle, status } from "../../support/receiver";

const noStore = () => Promise.reject(new Error("no store"));
const fails = (): never => {
  throw new Error("no store");
};

describe("a store that fails", () => {
  it("when an event begins: 500, no handler is called, and the failure is reported", async () => {
    for (const begin of [noStore, fails]) {
      const store: EventStore = { ...memoryStore(), begin };
      const { handler, reported } = receiver({ store, onEvent: () => expect.fail("was handled") });
      expect(await status(handler.receive(eventOf("1")))).to.equal(500);
      expect(reported).to.deep.equal(["store_failed"]);
    }
  });

  it("when an event was handled: 200, and the failure is reported", async () => {
    for (const handled of [noStore, fails]) {
      const { handler, reported } = receiver({ store: { ...memoryStore(), handled } });
      expect(await status(handler.receive(eventOf("1")))).to.equal(200);
      expect(reported).to.deep.equal(["store_failed"]);
    }
  });

  it("when an event is released: 500, and both failures are reported", async () => {
    for (const release of [noStore, fails]) {
      const { handler, reported } = receiver({ store: { ...memoryStore(), release }, onEvent: fails });
      expect(await status(handler.receive(eventOf("1")))).to.equal(500);
      expect(reported).to.deep.equal(["handler_failed", "store_failed"]);
    }
  });
});

describe("a store that does not respond", () => {
  const never = () => new Promise<never>(() => {});

  it("when an event begins: 500 when the time is up, and what it begins later is given back", async () => {
    const clock = new ManualTimer();
    const begun = deferred();
    const store = memoryStore();
    const slow: EventStore = { ...store, begin: (...args) => begun.promise.then(() => store.begin(...args)) };
    const { handler, reported } = receiver({ store: slow, timer: clock.timer, onEvent: () => expect.fail() });
    const response = handler.receive(eventOf("1"));
    await clock.pass(14_999);
    expect(reported).to.deep.equal([]);
    await clock.pass(1);
    expect([await status(response), reported]).to.deep.equal([500, ["store_failed"]]);
    begun.resolve();
    await settle();
    expect(await store.begin("1:1", 1_000)).to.include({ state: "begun" });
  });

  it("when an event was handled: 200 when the time is up, for its copies too", async () => {
    const clock = new ManualTimer();
    let calls = 0;
    const { handler, reported } = receiver({
      store: { ...memoryStore(), handled: never },
      timer: clock.timer,
      onEvent: () => (calls += 1),
    });
    const responses = [handler.receive(eventOf("1")), handler.receive(eventOf("1"))].map(status);
    await clock.pass(15_000);
    expect([await Promise.all(responses), calls]).to.deep.equal([[200, 200], 1]);
    await clock.pass(60_000);
    expect([reported, clock.waiting]).to.deep.equal([["store_failed"], []]);
  });

  it("when an event is released: 500 when the time is up, with the failure of the handler", async () => {
    const clock = new ManualTimer();
    const { handler, reported } = receiver({
      store: { ...memoryStore(), release: never },
      timer: clock.timer,
      onEvent: fails,
    });
    const response = handler.receive(eventOf("1"));
    await clock.pass(15_000);
    expect(JSON.parse((await response).body)).to.include({ code: "handler_failed" });
    await clock.pass(60_000);
    expect([reported, clock.waiting]).to.deep.equal([["handler_failed", "store_failed"], []]);
  });
});

describe("a store that is no store", () => {
  const refusal = (options: object): string => {
    try {
      createCallbackHandler({ key: KEY, ...options });
      return "accepted";
    } catch (error) {
      return error instanceof CallbackError ? `${error.code}: ${error.message}` : String(error);
    }
  };

  it("is refused at once, with what it lacks", () => {
    const { release: _release, ...partly } = memoryStore();
    const code = "invalid_configuration";
    expect(refusal({ store: partly })).to.equal(`${code}: The store has no release.`);
    expect(refusal({ store: {} })).to.equal(`${code}: The store has no begin, extend, handled, release.`);
    expect(refusal({ store: null })).to.equal(`${code}: The store has no begin, extend, handled, release.`);
  });

  it("is refused with what to change where it is one of version 0.1.0, in either option", () => {
    const old = { has: () => false, add: () => {} };
    for (const options of [{ store: old }, { seen: old }]) {
      expect(refusal(options)).to.match(/^invalid_configuration: .*0\.1\.0.* Use redisStore of .*, or implement begin/);
    }
    expect(refusal({ seen: undefined })).to.equal("accepted");
  });
});
