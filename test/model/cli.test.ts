import { expect } from "chai";
import fc from "fast-check";
import { canFindProcesses } from "../crash/processes";
import { World as Sandbox } from "../crash/world";
import { onCli } from "./cliGround";
import { somethingOfEverything } from "./commands";
import { holds } from "./property";
import type { World } from "./world";

/** Its history has a move, faults, a colleague, a rename, an adoption and a run that is killed. */
const SEED = 15;

describe("any program, under any history, deployed by the real CLI", function () {
  this.timeout(300_000);
  let empty: Sandbox;
  before(async function () {
    if (!canFindProcesses) this.skip();
    empty = await Sandbox.create();
  });
  after(() => empty?.close());

  it("leaves the cloud as it is declared, and comes to what the stand-in comes to", async () => {
    const worlds: World[] = [];
    const start = onCli(empty);
    const property = holds(somethingOfEverything, async (dialect) => {
      const ground = await start(dialect);
      worlds.push(ground.world);
      return ground;
    });
    await fc.assert(property, { seed: SEED, numRuns: 1, unbiased: true, endOnFailure: true });
    const story = worlds.flatMap((world) => world.story).join("\n");
    for (const event of [
      /^move: /m,
      /"faults":\[\{/,
      /^a colleague /m,
      /^rename /m,
      /^ {2}(crashed|interrupted)/m,
      / adopt=/,
    ]) {
      expect(story).to.match(event);
    }
  });
});
