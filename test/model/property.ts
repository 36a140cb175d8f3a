import fc from "fast-check";
import type { LiveDialect } from "../../emulator/dialect";
import { startCloud } from "../support/cloud";
import { deploy } from "./actions";
import { allCommands } from "./commands";
import { type Command, counts } from "./modelCommand";
import { StandIn } from "./standIn";
import { World } from "./world";

/** Dialects with which every program can be deployed. Other dialects cause errors. */
const dialects: fc.Arbitrary<Partial<LiveDialect>> = fc.record(
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

/** An account with an empty stack, and a function that removes them. */
export interface Ground {
  world: World;
  close(): Promise<void>;
}

/** Creates a sandbox whose account has this dialect. */
export type StartGround = (dialect: Partial<LiveDialect>) => Promise<Ground>;

/** The stand-in for the engine, with thousands of steps per minute. */
export async function onStandIn(dialect: Partial<LiveDialect>): Promise<Ground> {
  const cloud = await startCloud({ dialect, rateLimits: false });
  return { world: new World(cloud, new StandIn(cloud)), close: () => cloud.close() };
}

/** Returns histories with at most `longest` steps. Some commands are only for the stand-in. */
export const histories = (longest: number, ...more: fc.Arbitrary<Command>[]): fc.Arbitrary<Command[]> =>
  fc.array(fc.oneof(...allCommands, ...more), { maxLength: longest, size: "max" });

/** Runs a random history, after which everything is repaired and then destroyed. */
export function holds(steps: fc.Arbitrary<Command[]>, start: StartGround): fc.IAsyncProperty<unknown> {
  return fc.asyncProperty(dialects, steps, async (dialect, commands) => {
    counts.histories++;
    const { world, close } = await start(dialect);
    try {
      for (const command of commands) await command(world);
      await conclude(world);
    } catch (error) {
      const story = [`dialect ${JSON.stringify(dialect)}`, ...world.story].join("\n  ");
      throw new Error(`${(error as Error).message}\nafter this:\n  ${story}\n`, { cause: error });
    } finally {
      await close();
    }
  });
}

async function conclude(world: World): Promise<void> {
  await deploy(world, { command: "refresh", options: QUIET, faults: [] });
  await deploy(world, { command: "up", options: QUIET, faults: [] });
  await deploy(world, { command: "destroy", options: QUIET, faults: [] });
}
