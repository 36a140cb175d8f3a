import { expect } from "chai";
import { type CallbackError, memorySeenStore, type SeenStore } from "../sdk/receiver";
import { deferred, eventOf, ManualTimer, receiver, signed } from "./support/receiver";
import * as samples from "./support/receiverSamples";

const status = async (answer: Promise<{ status: number }>): Promise<number> => (await answer).status;

/** Lets everything that waits for nothing but promises run. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("each event goes", () => {
  it("to its own handler, after the handler of all events", async () => {
    const called: string[] = [];
    const note = (name: string) => (event: { type: string }) => called.push(`${name} ${event.type}`);
    const { handler } = receiver({
      onEvent: note("any"),
      onStreamBegin: note("own"),
      onStreamEnd: note("own"),
      onRecord: note("own"),
      onRecordStatus: note("own"),
      onSnapshot: note("own"),
      onPornCensorship: note("own"),
      onAudioAudit: note("own"),
      onPushException: note("own"),
      onRecordException: note("own"),
      onUnknown: note("own"),
    });
    for (const sample of [...Object.values(samples), { event_type: 347 }]) await handler.receive(signed(sample));
    const names = [...Object.keys(samples), "unknown"];
    expect(called).to.deep.equal(names.flatMap((name) => [`any ${name}`, `own ${name}`]));
  });

  it("nowhere where there is no handler for it, and is accepted", async () => {
    const { handler } = receiver({ onRecord: () => expect.fail("not a recording") });
    expect(await status(handler.receive(eventOf("1")))).to.equal(200);
  });
});

describe("a handler that fails", () => {
  it("is answered with 500 without its reason, which is reported with the event", async () => {
    const reported: CallbackError[] = [];
    const reason = new Error("database password wrong");
    const { handler } = receiver({
      onStreamBegin: () => Promise.reject(reason),
      onError: (error) => reported.push(error),
    });
    const answer = await handler.receive(eventOf("1"));
    expect([answer.status, JSON.parse(answer.body)]).to.deep.equal([
      500,
      { code: "handler_failed", message: "The handler of a streamBegin event failed." },
    ]);
    expect(reported.map(({ code, cause, event }) => [code, cause, event?.id])).to.deep.equal([
      ["handler_failed", reason, "1:1"],
    ]);
  });

  it("gets the event again with the next copy, and not once more after it succeeded", async () => {
    let calls = 0;
    const { handler } = receiver({
      onEvent: () => {
        calls += 1;
        if (calls === 1) throw new Error("not ready");
      },
    });
    const statuses = [];
    for (let copy = 0; copy < 4; copy += 1) statuses.push(await status(handler.receive(eventOf("1"))));
    expect(statuses).to.deep.equal([500, 200, 200, 200]);
    expect(calls).to.equal(2);
  });

  it("does not keep another event from being handled", async () => {
    const { handler } = receiver({
      onEvent: (event) => {
        if (event.id === "1:bad") throw new Error("bad");
      },
    });
    expect(await status(handler.receive(eventOf("bad")))).to.equal(500);
    expect(await status(handler.receive(eventOf("good")))).to.equal(200);
  });

  it("has its answer even if onError throws, or the message itself does", async () => {
    const logged = console.error;
    console.error = () => {};
    try {
      const onError = (): never => {
        throw new Error("no log");
      };
      const { handler } = receiver({ onEvent: onError, onError });
      expect(await status(handler.receive(eventOf("1")))).to.equal(500);
      const trap = Object.defineProperty({}, "t", { get: onError, enumerable: true });
      expect(await status(handler.receive(trap))).to.equal(500);
    } finally {
      console.error = logged;
    }
  });

  it("is written to the console where there is no onError, and a refused message is not", async () => {
    const logged = console.error;
    const lines: unknown[] = [];
    console.error = (line: CallbackError) => lines.push(line.code);
    try {
      const { handler } = receiver({ onError: undefined, onEvent: () => Promise.reject(new Error("failed")) });
      await handler.receive(eventOf("1"));
      await handler.receive("not JSON");
    } finally {
      console.error = logged;
    }
    expect(lines).to.deep.equal(["handler_failed"]);
  });
});

describe("a second copy of an event", () => {
  it("waits for the first, and shares its success", async () => {
    const work = deferred();
    let calls = 0;
    const { handler } = receiver({
      onEvent: () => {
        calls += 1;
        return work.promise;
      },
    });
    let answered = 0;
    const copies = [1, 2, 3].map(() => handler.receive(eventOf("1")).finally(() => (answered += 1)));
    await settle();
    expect([calls, answered]).to.deep.equal([1, 0]);
    work.resolve();
    expect(await Promise.all(copies.map(status))).to.deep.equal([200, 200, 200]);
    expect(calls).to.equal(1);
  });

  it("shares its failure too, which is reported once, and the third copy is handled", async () => {
    const work = deferred();
    const outcomes = [work.promise, Promise.resolve()];
    const { handler, reported } = receiver({ onEvent: () => outcomes.shift() });
    const copies = [1, 2].map(() => handler.receive(eventOf("1")));
    await settle();
    work.reject(new Error("failed"));
    expect(await Promise.all(copies.map(status))).to.deep.equal([500, 500]);
    expect(reported).to.deep.equal(["handler_failed"]);
    expect(await status(handler.receive(eventOf("1")))).to.equal(200);
    expect(outcomes).to.have.length(0);
  });
});

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
    const answer = handler.receive(eventOf("1"));
    await settle();
    expect(signals[0]?.aborted).to.equal(false);
    clock.expire();
    expect(JSON.parse((await answer).body)).to.deep.equal({
      code: "handler_timeout",
      message: "The handler of a streamBegin event was not done within 15000 ms.",
    });
    expect([await status(answer), signals[0]?.aborted, reported]).to.deep.equal([500, true, ["handler_timeout"]]);
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

describe("acknowledge: immediately", () => {
  it("answers before the handler runs, and reports what then fails", async () => {
    const clock = new ManualTimer();
    let calls = 0;
    const { handler, reported } = receiver({
      acknowledge: "immediately",
      timer: clock.timer,
      onEvent: () => {
        calls += 1;
        throw new Error("failed");
      },
    });
    expect(await status(handler.receive(eventOf("1")))).to.equal(200);
    expect([calls, reported]).to.deep.equal([0, []]);
    clock.expire();
    await settle();
    expect([calls, reported]).to.deep.equal([1, ["handler_failed"]]);
  });

  it("still refuses what is not signed", async () => {
    const { handler } = receiver({ acknowledge: "immediately" });
    expect(await status(handler.receive({ event_type: 1 }))).to.equal(403);
  });
});

describe("what was handled", () => {
  async function handled(seen: SeenStore | undefined, sequences: Iterable<string>): Promise<string[]> {
    const ids: string[] = [];
    const { handler } = receiver({ seen, onEvent: (event) => ids.push(event.id) });
    for (const sequence of sequences) await handler.receive(eventOf(sequence));
    return ids;
  }

  it("is forgotten beyond the limit, the one longest not seen first", async () => {
    const ids = await handled(memorySeenStore(2), ["a", "b", "a", "c", "a", "b"]);
    expect(ids).to.deep.equal(["1:a", "1:b", "1:c", "1:b"]);
  });

  it("is remembered for the latest 10,000 events, and no more", async () => {
    const sequences = Array.from({ length: 10_001 }, (_, index) => String(index));
    const ids = await handled(undefined, [...sequences, "1", "0"]);
    expect(ids).to.have.length(10_002);
    expect(ids.at(-1)).to.equal("1:0");
  });

  it("may be kept in a store of the user's own", async () => {
    const ids = new Set(["1:before"]);
    const seen: SeenStore = { has: async (id) => ids.has(id), add: async (id) => ids.add(id) };
    expect(await handled(seen, ["before", "now", "now"])).to.deep.equal(["1:now"]);
    expect([...ids]).to.deep.equal(["1:before", "1:now"]);
  });

  it("is not added before the handler has succeeded", async () => {
    const added: string[] = [];
    const seen: SeenStore = { has: () => false, add: (id) => added.push(id) };
    const { handler } = receiver({ seen, onEvent: () => Promise.reject(new Error("failed")) });
    await handler.receive(eventOf("1"));
    expect(added).to.deep.equal([]);
  });

  it("is answered with 500, and not handled, where the store cannot say", async () => {
    const seen: SeenStore = { has: () => Promise.reject(new Error("no store")), add: () => {} };
    const { handler, reported } = receiver({ seen, onEvent: () => expect.fail("was handled") });
    expect(await status(handler.receive(eventOf("1")))).to.equal(500);
    expect(reported).to.deep.equal(["store_failed"]);
  });

  it("is answered with 200 where the store cannot take it, since the event was handled", async () => {
    const seen: SeenStore = { has: () => false, add: () => Promise.reject(new Error("no store")) };
    const { handler, reported } = receiver({ seen });
    expect(await status(handler.receive(eventOf("1")))).to.equal(200);
    expect(reported).to.deep.equal(["store_failed"]);
  });
});
