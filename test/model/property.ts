import fc from "fast-check";
import type { LiveDialect } from "../../emulator/dialect";
import { startCloud } from "../support/cloud";
import { deploy } from "./actions";
import { allCommands } from "./commands";
import { type Command, counts } from "./modelCommand";
import { StandIn } from "./standIn";
import { World } from "./world";

/** Dialects under which every program can be deployed; the others end in errors of their own. */
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

/** An account with an empty stack, and how to take them down. */
export interface Ground {
  world: World;
  close(): Promise<void>;
}

/** Makes one, of an account that answers in this dialect. */
export type StartGround = (dialect: Partial<LiveDialect>) => Promise<Ground>;

/** Thousands of steps in a minute: the stand-in for the engine. */
export async function onStandIn(dialect: Partial<LiveDialect>): Promise<Ground> {
  const cloud = await startCloud({ dialect, rateLimits: false });
  return { world: new World(cloud, new StandIn(cloud)), close: () => cloud.close() };
}

/** Histories of so many steps at most; some commands are for the stand-in alone. */
export const histories = (longest: number, ...more: fc.Arbitrary<Command>[]): fc.Arbitrary<Command[]> =>
  fc.array(fc.oneof(...allCommands, ...more), { maxLength: longest, size: "max" });

/** A random history, at whose end everything is put right, and then taken down. */
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
