import fc from "fast-check";
import { aliasing } from "./editCommands";
import { histories, holds, onStandIn } from "./property";

describe("any program, under any history", () => {
  it("brings the cloud to the declared state, changes nothing of others, and reads the same as a plain client", async function () {
    this.timeout(180_000);
    await fc.assert(holds(histories(25, aliasing), onStandIn), { seed: 20_260, numRuns: 60, endOnFailure: false });
  });
});
