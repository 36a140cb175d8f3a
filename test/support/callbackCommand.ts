import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Terminal } from "../../cli/command";
import { systemClock } from "../../provider/api/clock";

const ROOT = join(__dirname, "../..");

/** The built command, which starts in half the time of its source. */
export const COMMAND = join(ROOT, "dist/cli/main.js");

/** The output of a command, and its exit code. */
export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the built command in a separate process, with only the given variables of this project. */
export async function runCommand(
  args: string[],
  environment: Record<string, string> = {},
  input = "",
): Promise<Outcome> {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    cwd: ROOT,
    env: { PATH: process.env["PATH"], ...environment },
  });
  const outcome: Outcome = { code: null, stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => {
    outcome.stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    outcome.stderr += chunk;
  });
  child.stdin.end(input);
  [outcome.code] = await once(child, "close");
  return outcome;
}

/** Creates a terminal within the test, with its printed lines. */
export function terminal(changes: Partial<Terminal> = {}): Terminal & { printed: string[] } {
  const printed: string[] = [];
  return {
    printed,
    environment: {},
    readInput: async () => new Uint8Array(),
    print: (line) => printed.push(line),
    clock: systemClock,
    ...changes,
  };
}
