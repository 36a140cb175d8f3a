import type { Fault } from "../../emulator/faults";
import type { Interruption } from "./interruption";
import type { Program } from "./program";
import type { Outcome, Stack } from "./stack";

/** How a deployment runs. */
export interface RunOptions {
  /** Decides for the stand-in what comes first where the real engine leaves it open; 0 is the order of the program. */
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
  /** What the cloud does wrong meanwhile. */
  faults: readonly Fault[];
}

/** Who carries out the runs: a stand-in for Pulumi's engine, or the real CLI. */
export interface Engine {
  /** Carries out one run; `stack` then holds what is recorded, however it ended. */
  carryOut(run: Run, program: Program, stack: Stack): Promise<Outcome>;
}
