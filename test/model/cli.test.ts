import { expect } from "chai";
import fc from "fast-check";
import { canFindProcesses } from "../crash/processes";
import { World as Sandbox } from "../crash/world";
import { onCli } from "./cliGround";
import { somethingOfEverything } from "./commands";
import { holds } from "./property";
import { useProvider } from "./urns";
import type { World } from "./world";

/** The history of this seed has a move, faults, a colleague, a rename, an adoption and a killed run. */
const SEED = 15;

deployedBy("dynamic", "the real CLI", "brings the cloud to the declared state, with the same result as the stand-in");
deployedBy("native", "the real CLI and the native provider", "brings the cloud to the declared state");

function deployedBy(provider: "dynamic" | "native", whom: string, title: string): void {
  describe(`any program, under any history, deployed by ${whom}`, function () {
    this.timeout(300_000);
    let empty: Sandbox;
    before(async function () {
      if (!canFindProcesses) this.skip();
      useProvider(provider);
      empty = await Sandbox.create({ native: provider === "native" });
    });
    after(async () => {
      useProvider("dynamic");
      await empty?.close();
    });

    it(title, async () => {
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
}
