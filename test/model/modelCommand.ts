import type { World } from "./world";

/** One step of a history. */
export type Command = (world: World) => Promise<void>;

/** Counts the steps, for the report of a long run. */
export const counts = { histories: 0, steps: 0, deployments: 0, outcomes: new Map<string, number>() };

export function countOutcome(outcome: string): void {
  counts.outcomes.set(outcome, (counts.outcomes.get(outcome) ?? 0) + 1);
}

/** A step that returns a description of its action, or nothing if there was nothing to do. */
export function command(act: (world: World) => string | undefined | Promise<string | undefined>): Command {
  return async (world) => {
    counts.steps++;
    const told = await act(world);
    if (told) world.story.push(told);
  };
}

/** Combines several steps. */
export function inARow(...commands: Command[]): Command {
  return async (world) => {
    for (const one of commands) await one(world);
  };
}
