import { expect } from "chai";
import { CallbackError, createCallbackHandler, type EventStore, memoryStore } from "../../../receiver";
import { deferred, eventOf, KEY, ManualTimer, receiver, settle, status } from "../../support/receiver";

const noStore = () => Promise.reject(new Error("no store"));
const fails = (): never => {
  throw new Error("no store");
};

describe("a store that fails", () => {
  it("leads to status 500 without a call of a handler when an event begins, and is reported", async () => {
    for (const begin of [noStore, fails]) {
      const store: EventStore = { ...memoryStore(), begin };
      const { handler, reported } = receiver({ store, onEvent: () => expect.fail("was handled") });
      expect(await status(handler.receive(eventOf("1")))).to.equal(500);
      expect(reported).to.deep.equal(["store_failed"]);
    }
  });

  it("does not change status 200 when an event was handled, and is reported", async () => {
    for (const handled of [noStore, fails]) {
      const { handler, reported } = receiver({ store: { ...memoryStore(), handled } });
      expect(await status(handler.receive(eventOf("1")))).to.equal(200);
      expect(reported).to.deep.equal(["store_failed"]);
    }
  });

  it("is reported besides the failure of the handler when an event is released", async () => {
    for (const release of [noStore, fails]) {
      const { handler, reported } = receiver({ store: { ...memoryStore(), release }, onEvent: fails });
      expect(await status(handler.receive(eventOf("1")))).to.equal(500);
      expect(reported).to.deep.equal(["handler_failed", "store_failed"]);
    }
  });

  it("is reported with its error as the cause when an event was handled or is released", async () => {
    const failure = new Error("no store");
    const failing = () => Promise.reject(failure);
    const causes: unknown[] = [];
    const onError = ({ code, cause }: CallbackError) => code === "store_failed" && causes.push(cause);
    await receiver({ store: { ...memoryStore(), handled: failing }, onError }).handler.receive(eventOf("1"));
    const store = { ...memoryStore(), release: failing };
    await receiver({ store, onEvent: fails, onError }).handler.receive(eventOf("1"));
    expect(causes).to.deep.equal([failure, failure]);
  });
});

describe("a store that does not respond", () => {
  const never = () => new Promise<never>(() => {});

  it("leads to status 500 at the deadline when an event begins, and a lease granted later is released", async () => {
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

  it("does not change status 200 at the deadline when an event was handled, also for its copies", async () => {
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

  it("leads to the failure of the handler at the deadline when an event is released", async () => {
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

describe("an invalid store", () => {
  const rejection = (options: object): string => {
    try {
      createCallbackHandler({ key: KEY, ...options });
      return "accepted";
    } catch (error) {
      return error instanceof CallbackError ? `${error.code}: ${error.message}` : String(error);
    }
  };

  it("is rejected at construction, with the methods that it lacks", () => {
    const { release: _release, ...partly } = memoryStore();
    const code = "invalid_configuration";
    expect(rejection({ store: partly })).to.equal(`${code}: The store has no release.`);
    expect(rejection({ store: {} })).to.equal(`${code}: The store has no begin, extend, handled, release.`);
    expect(rejection({ store: null })).to.equal(`${code}: The store has no begin, extend, handled, release.`);
  });

  it("is rejected with the required change if it is a store of version 0.1.0, in either option", () => {
    const old = { has: () => false, add: () => {} };
    for (const options of [{ store: old }, { seen: old }]) {
      expect(rejection(options)).to.match(
        /^invalid_configuration: .*0\.1\.0.* Use redisStore of .*, or implement begin/,
      );
    }
    expect(rejection({ seen: undefined })).to.equal("accepted");
  });
});
