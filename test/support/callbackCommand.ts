import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Terminal } from "../../cli/command";
import { systemClock } from "../../provider/api/clock";

const ROOT = join(__dirname, "../..");

/** What a command printed, and its exit code. */
export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the command as a process of its own, with no variable of ours but those given. */
export async function runCommand(
  args: string[],
  environment: Record<string, string> = {},
  input = "",
): Promise<Outcome> {
  const child = spawn(process.execPath, ["--require", "tsx/cjs", join(ROOT, "cli", "main.ts"), ...args], {
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

/** A terminal within the test, and what was printed on it. */
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
