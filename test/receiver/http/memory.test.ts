import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect } from "chai";
import { memoryStore } from "../../../receiver";
import { receiver, signed } from "../../support/receiver";
import { streamBegin } from "../../support/receiverSamples";

const MEBIBYTE = 1024 * 1024;

/** Returns the used heap in bytes, after a garbage collection. */
function held(): number {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  collect();
  return process.memoryUsage().heapUsed;
}

describe("the memory of a receiver", function () {
  this.timeout(30_000);

  it("does not grow with messages that are handled, fail, are rejected or are too large", async () => {
    const { handler } = receiver({
      bodyLimit: 8_000,
      store: memoryStore(1_000),
      onError: () => {},
      onEvent: (event) => {
        if (event.id.endsWith("fails")) throw new Error("failed");
      },
    });
    const filler = "x".repeat(4_000);
    const message = (sequence: string) => JSON.stringify(signed({ ...streamBegin, sequence, filler }));
    let count = 0;
    const take = async (messages: number): Promise<void> => {
      for (const end = count + messages; count < end; count++) {
        const statuses = [
          handler.receive(message(`${count}`)),
          handler.receive(message(`${count} fails`)),
          handler.receive(message(`${count}`).replace('"sign":"a', '"sign":"b')),
          handler.receive(new Blob([message(`${count}${filler}`)]).stream()),
        ].map(async (response) => (await response).status);
        expect(await Promise.all(statuses)).to.deep.equal([200, 500, 403, 413]);
      }
    };
    // After this, the store has reached its limit.
    await take(2_000);
    const before = held();
    await take(3_000);
    // The messages of each of the four kinds take 12 MiB.
    expect((held() - before) / MEBIBYTE).to.be.below(2);
  });
});
