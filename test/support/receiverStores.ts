import { expect } from "chai";
import type { EventStore } from "../../receiver";

/**
 * Registers the tests that each event store must pass. `leaseEnds` resolves when a lease of `SHORT_MS` has
 * expired.
 */
export function storeContract(current: () => EventStore, leaseEnds: () => Promise<void>): void {
  const LONG_MS = 600_000;
  let store: EventStore;
  let id: string;
  let count = 0;
  beforeEach(() => {
    store = current();
    id = `event ${++count}`;
  });
  const state = async () => (await store.begin(id, LONG_MS)).state;
  /** Begins the event, and returns the token. */
  async function begun(leaseMs = LONG_MS): Promise<string> {
    const result = await store.begin(id, leaseMs);
    if (result.state !== "begun") throw new Error(`${id} is ${result.state}`);
    return result.token;
  }

  it("gives an event to only one caller until it is handled", async () => {
    const token = await begun();
    expect(await state()).to.equal("inProgress");
    expect(await store.handled(id, token)).to.equal(true);
    expect([await state(), await state()]).to.deep.equal(["handled", "handled"]);
  });

  it("gives each event to only one of many concurrent callers", async () => {
    const ids = Array.from({ length: 100 }, (_, index) => `${id} ${index % 4}`);
    const results = await Promise.all(ids.map((one) => store.begin(one, LONG_MS)));
    const tokens = results.flatMap((result) => (result.state === "begun" ? [result.token] : []));
    expect(new Set(tokens)).to.have.property("size", 4);
    expect(tokens).to.have.length(4);
  });

  it("gives a released event to the next caller with another token", async () => {
    const token = await begun();
    await store.release(id, token);
    expect(await begun()).not.to.equal(token);
  });

  it("changes nothing for a token that does not hold the event", async () => {
    const token = await begun();
    expect(await store.extend(id, "other", LONG_MS)).to.equal(false);
    expect(await store.handled(id, "other")).to.equal(false);
    await store.release(id, "other");
    expect(await state()).to.equal("inProgress");
    expect(await store.extend(id, token, LONG_MS)).to.equal(true);
  });

  it("gives an event to the next caller when its lease has expired, and ignores the first token", async () => {
    const first = await begun(SHORT_MS);
    await leaseEnds();
    const second = await begun();
    expect(await store.extend(id, first, LONG_MS)).to.equal(false);
    expect(await store.handled(id, first)).to.equal(false);
    await store.release(id, first);
    expect(await state()).to.equal("inProgress");
    expect(await store.handled(id, second)).to.equal(true);
    expect(await store.handled(id, first)).to.equal(false);
    await store.release(id, first);
    expect(await state()).to.equal("handled");
  });

  it("keeps an extended lease", async () => {
    const token = await begun(SHORT_MS);
    expect(await store.extend(id, token, LONG_MS)).to.equal(true);
    await leaseEnds();
    expect(await state()).to.equal("inProgress");
  });

  it("records a handled event after its lease has expired if no other caller has begun it", async () => {
    const token = await begun(SHORT_MS);
    await leaseEnds();
    expect(await store.handled(id, token)).to.equal(true);
    expect(await state()).to.equal("handled");
  });
}

/** A lease that expires in tests, in milliseconds. */
const SHORT_MS = 100;
