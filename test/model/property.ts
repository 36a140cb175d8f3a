import fc from "fast-check";
import type { Dialect } from "../../emulator/dialect";
import { startCloud } from "../support/cloud";
import { deploy } from "./actions";
import { allCommands } from "./commands";
import { counts } from "./modelCommand";
import { World } from "./world";

/** Dialects under which every program can be deployed; the others end in errors of their own. */
const dialects: fc.Arbitrary<Partial<Dialect>> = fc.record(
  {
    omittedKeeps: fc.constant(false),
    duplicateRule: fc.constant("overwrite"),
    duplicateRuleCode: fc.constantFrom("InternalError", "InvalidParameter"),
    appNameEmptyReads: fc.constantFrom("null", "missing", "star"),
    inUseEnforced: fc.constant(false),
    recordStatusReturned: fc.constant(true),
    unsetReads: fc.constantFrom("empty", "null", "missing"),
    levelSpelling: fc.constant("alarm"),
    uniqueTemplateNames: fc.constant(true),
    templateNotFoundCode: fc.constantFrom("FailedOperation.NotFound", "InternalError.NotFound"),
    ruleNotFoundCode: fc.constantFrom("InternalError.RuleNotFound", "InvalidParameter.RuleNotFound"),
  },
  { requiredKeys: [] },
);

const QUIET = { seed: 0, parallel: 4, config: {} };

/** A random history, at whose end everything is put right, and then taken down. */
export function history(longest: number): fc.IAsyncProperty<unknown> {
  const commands = fc.array(fc.oneof(...allCommands), { maxLength: longest, size: "max" });
  return fc.asyncProperty(dialects, commands, async (dialect, steps) => {
    counts.histories++;
    const cloud = await startCloud({ dialect, rateLimits: false });
    const world = new World(cloud);
    try {
      for (const step of steps) await step(world);
      await conclude(world);
    } catch (error) {
      const story = [`dialect ${JSON.stringify(dialect)}`, ...world.story].join("\n  ");
      throw new Error(`${(error as Error).message}\nafter this:\n  ${story}\n`, { cause: error });
    } finally {
      await cloud.close();
    }
  });
}

async function conclude(world: World): Promise<void> {
  await deploy(world, { command: "refresh", options: QUIET, faults: [] });
  await deploy(world, { command: "up", options: QUIET, faults: [] });
  await deploy(world, { command: "destroy", options: QUIET, faults: [] });
}
