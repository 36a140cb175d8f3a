import fc from "fast-check";
import { aliasing } from "./editCommands";
import { histories, holds, onStandIn } from "./property";

describe("any program, under any history", () => {
  it("leaves the cloud as it is declared, and what others made as it was; what is read is what a plain client reads", async function () {
    this.timeout(180_000);
    await fc.assert(holds(histories(25, aliasing), onStandIn), { seed: 20_260, numRuns: 60, endOnFailure: false });
  });
});
