import { expect } from "chai";
import { type CallbackError, type EventStore, memoryStore } from "../../../receiver";
import { deferred, eventOf, ManualTimer, receiver, settle, signed, status } from "../../support/receiver";
import * as samples from "../../support/receiverSamples";

describe("the dispatch of an event", () => {
  it("calls its own handler after the handler of all events", async () => {
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

  it("accepts an event that has no handler", async () => {
    const { handler } = receiver({ onRecord: () => expect.fail("not a recording") });
    expect(await status(handler.receive(eventOf("1")))).to.equal(200);
  });
});

describe("a handler that fails", () => {
  it("leads to status 500 without the reason, which is reported with the event", async () => {
    const reported: CallbackError[] = [];
    const reason = new Error("database password wrong");
    const { handler } = receiver({
      onStreamBegin: () => Promise.reject(reason),
      onError: (error) => reported.push(error),
    });
    const response = await handler.receive(eventOf("1"));
    expect([response.status, JSON.parse(response.body)]).to.deep.equal([
      500,
      { code: "handler_failed", message: "The handler of a streamBegin event failed." },
    ]);
    expect(reported.map(({ code, cause, event }) => [code, cause, event?.id])).to.deep.equal([
      ["handler_failed", reason, "1:1"],
    ]);
  });

  it("receives the event again with the next copy, but not after it has succeeded", async () => {
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

  it("does not prevent other events from being handled", async () => {
    const { handler } = receiver({
      onEvent: (event) => {
        if (event.id === "1:bad") throw new Error("bad");
      },
    });
    expect(await status(handler.receive(eventOf("bad")))).to.equal(500);
    expect(await status(handler.receive(eventOf("good")))).to.equal(200);
  });

  it("leads to status 500 even if onError throws, or reading the message throws", async () => {
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

  it("is logged to the console if there is no onError, unlike a rejected message", async () => {
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

  it("is distinguished from a copy that another instance is handling, which is not logged to the console", async () => {
    const logged = console.error;
    const lines: unknown[] = [];
    console.error = (line: unknown) => lines.push(line);
    try {
      const store = memoryStore();
      await store.begin("1:1", 60_000);
      expect(await status(receiver({ store, onError: undefined }).handler.receive(eventOf("1")))).to.equal(503);
    } finally {
      console.error = logged;
    }
    expect(lines).to.deep.equal([]);
  });

  it("is reported with the thrown error as its cause, even if it was thrown outside a handler", async () => {
    const causes: unknown[] = [];
    const { handler } = receiver({ onError: ({ cause }) => causes.push(cause) });
    const thrown = new Error("trap");
    const get = (): never => {
      throw thrown;
    };
    await handler.receive(Object.defineProperty({}, "t", { get, enumerable: true }));
    expect(causes).to.deep.equal([thrown]);
  });
});

describe("acknowledge: immediately", () => {
  it("responds before the handler runs, and reports its failure as lost", async () => {
    const clock = new ManualTimer();
    let calls = 0;
    const { handler, lost } = receiver({
      acknowledge: "immediately",
      timer: clock.timer,
      onEvent: () => {
        calls += 1;
        throw new Error("failed");
      },
    });
    expect(await status(handler.receive(eventOf("1")))).to.equal(200);
    expect([calls, lost]).to.deep.equal([0, []]);
    await clock.pass(0);
    expect([calls, lost]).to.deep.equal([1, ["handler_failed"]]);
  });

  it("responds with 200 only after the store has granted the lease, otherwise with 500 or 503", async () => {
    const failing: EventStore = { ...memoryStore(), begin: () => Promise.reject(new Error("no store")) };
    const down = receiver({ acknowledge: "immediately", store: failing, onEvent: () => expect.fail() });
    expect(await status(down.handler.receive(eventOf("1")))).to.equal(500);
    expect([down.reported, down.lost]).to.deep.equal([["store_failed"], []]);
    const store = memoryStore();
    await store.begin("1:1", 60_000);
    const other = receiver({ acknowledge: "immediately", store, onEvent: () => expect.fail() });
    expect(await status(other.handler.receive(eventOf("1")))).to.equal(503);
  });

  it("responds to a copy with 503 while the handler runs, and with 200 after it has succeeded", async () => {
    const clock = new ManualTimer();
    const work = deferred();
    const { handler } = receiver({ acknowledge: "immediately", timer: clock.timer, onEvent: () => work.promise });
    expect(await status(handler.receive(eventOf("1")))).to.equal(200);
    await clock.pass(0);
    expect(await status(handler.receive(eventOf("1")))).to.equal(503);
    work.resolve();
    await settle();
    expect(await status(handler.receive(eventOf("1")))).to.equal(200);
    expect(clock.waiting).to.deep.equal([]);
  });

  it("still rejects an unsigned message", async () => {
    const { handler } = receiver({ acknowledge: "immediately" });
    expect(await status(handler.receive({ event_type: 1 }))).to.equal(403);
  });
});
