import { expect } from "chai";
import { CallbackError, memoryStore } from "../../../receiver";
import { storeContract } from "../../support/receiverStores";

describe("memoryStore", () => {
  let now = 0;
  storeContract(
    () => memoryStore(1_000, () => now),
    async () => {
      now += 1_000;
    },
  );

  it("rejects a limit that is not a number from 1", () => {
    for (const limit of [0, -1, Number.NaN, "10" as unknown as number]) {
      expect(() => memoryStore(limit)).to.throw(CallbackError, "limit must be a number from 1");
    }
  });

  it("keeps an event that is being handled, however many other events are handled", async () => {
    const store = memoryStore(2);
    await store.begin("long", 60_000);
    for (const id of ["a", "b", "c", "d"]) {
      const begun = await store.begin(id, 60_000);
      if (begun.state === "begun") await store.handled(id, begun.token);
    }
    expect(await store.begin("long", 60_000)).to.deep.equal({ state: "inProgress" });
  });
});
