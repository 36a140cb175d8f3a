import { expect } from "chai";
import { type CallbackError, type EventStore, memoryStore } from "../../../receiver";
import { deferred, eventOf, ManualTimer, receiver, settle, status } from "../../support/receiver";

describe("a second copy of an event", () => {
  it("waits for the first copy, and shares its success", async () => {
    const work = deferred();
    let calls = 0;
    const { handler } = receiver({
      onEvent: () => {
        calls += 1;
        return work.promise;
      },
    });
    let responded = 0;
    const copies = [1, 2, 3].map(() => handler.receive(eventOf("1")).finally(() => (responded += 1)));
    await settle();
    expect([calls, responded]).to.deep.equal([1, 0]);
    work.resolve();
    expect(await Promise.all(copies.map(status))).to.deep.equal([200, 200, 200]);
    expect(calls).to.equal(1);
  });

  it("shares the failure of the first, which is reported once, and leaves the event to the third copy", async () => {
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

  it("is reported with its id if its deadline passes before the first copy is handled", async () => {
    const clock = new ManualTimer();
    const errors: CallbackError[] = [];
    const onEvent = () => new Promise<never>(() => {});
    const { handler } = receiver({ timer: clock.timer, onEvent, onError: (error) => errors.push(error) });
    const first = handler.receive(eventOf("1"));
    await clock.pass(5_000);
    const second = handler.receive(eventOf("1"));
    await clock.pass(15_000);
    expect([await status(first), await status(second)]).to.deep.equal([500, 503]);
    expect(errors.map(({ code, eventId }) => [code, eventId])).to.deep.equal([
      ["handler_timeout", "1:1"],
      ["in_progress", "1:1"],
    ]);
  });
});

describe("a handled event", () => {
  async function handled(store: EventStore | undefined, sequences: Iterable<string>): Promise<string[]> {
    const ids: string[] = [];
    const { handler } = receiver({ ...(store && { store }), onEvent: (event) => ids.push(event.id) });
    for (const sequence of sequences) await handler.receive(eventOf(sequence));
    return ids;
  }

  it("is dropped beyond the limit of the store, the least recently received one first", async () => {
    const ids = await handled(memoryStore(2), ["a", "b", "a", "c", "a", "b"]);
    expect(ids).to.deep.equal(["1:a", "1:b", "1:c", "1:b"]);
  });

  it("is kept by default while it is among the latest 10,000", async () => {
    const sequences = Array.from({ length: 10_001 }, (_, index) => String(index));
    const ids = await handled(undefined, [...sequences, "1", "0"]);
    expect(ids).to.have.length(10_002);
    expect(ids.at(-1)).to.equal("1:0");
  });

  it("is not handled again by another handler with the same store", async () => {
    const store = memoryStore();
    expect(await handled(store, ["a", "b"])).to.deep.equal(["1:a", "1:b"]);
    expect(await handled(store, ["b", "c"])).to.deep.equal(["1:c"]);
  });
});

describe("two instances that share a store", () => {
  const pair = (onEvent: () => unknown) => {
    const store = memoryStore();
    return [receiver({ store, onEvent }), receiver({ store, onEvent })] as const;
  };

  it("handle an event once: a copy at the other instance gets 503 during the handling and 200 afterwards", async () => {
    const work = deferred();
    let calls = 0;
    const [first, second] = pair(() => {
      calls += 1;
      return work.promise;
    });
    const response = first.handler.receive(eventOf("1"));
    await settle();
    const copy = await second.handler.receive(eventOf("1"));
    expect([copy.status, JSON.parse(copy.body)]).to.deep.equal([
      503,
      { code: "in_progress", message: "Another instance is handling this streamBegin event." },
    ]);
    expect(second.reported).to.deep.equal(["in_progress"]);
    work.resolve();
    expect([await status(response), await status(second.handler.receive(eventOf("1")))]).to.deep.equal([200, 200]);
    expect(calls).to.equal(1);
  });

  it("leave an event that failed in one instance to the other", async () => {
    const outcomes = [Promise.reject(new Error("failed")), Promise.resolve()];
    const [first, second] = pair(() => outcomes.shift());
    expect(await status(first.handler.receive(eventOf("1")))).to.equal(500);
    expect(await status(second.handler.receive(eventOf("1")))).to.equal(200);
    expect(outcomes).to.have.length(0);
  });
});
