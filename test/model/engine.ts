import type { Fault } from "../../emulator/faults";
import type { Interruption } from "./interruption";
import type { Program } from "./program";
import type { Outcome, Stack } from "./stack";

/** How a deployment runs. */
export interface RunOptions {
  /** The seed of the stand-in's order where the real engine defines none. 0 is the order of the program. */
  seed: number;
  /** How many steps run at the same time. */
  parallel: number;
  config: Record<string, string>;
  interruption?: Interruption | undefined;
  /** Resources to replace, by URN. */
  replace?: readonly string[];
}

/** One run of the CLI. */
export interface Run {
  command: "up" | "up --refresh" | "refresh" | "destroy";
  options: RunOptions;
  /** The faults of the cloud during the run. */
  faults: readonly Fault[];
}

/** The engine of the runs: a stand-in, or the real CLI. */
export interface Engine {
  /** Runs one deployment. `stack` then has the recorded state, whatever the result. */
  carryOut(run: Run, program: Program, stack: Stack): Promise<Outcome>;
}
