import { expect } from "chai";
import { memorySeenStore, type SeenStore } from "../../../receiver";
import { deferred, eventOf, receiver, settle, status } from "../../support/receiver";

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
