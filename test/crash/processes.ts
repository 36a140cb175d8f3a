import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Running } from "../../tools/scratchProject";

/** Processes are found in the list of the Linux kernel. */
export const canFindProcesses = existsSync("/proc/self/environ");

const POLL_MS = 5;

/**
 * Returns the processes with this entry in their environment: the CLI and all its descendants, including
 * orphans. A process group would not contain all of them, because the engine's plugins lead their own groups.
 */
export function processesWith(name: string, value: string): number[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry) && environmentOf(entry).includes(`${name}=${value}`))
    .map(Number);
}

/** Returns the command line of a process, which is empty if the process has ended. */
export function commandOf(pid: number): string {
  return read(`/proc/${pid}/cmdline`).replaceAll("\0", " ");
}

/** Kills these processes and their new child processes until none is left. */
export async function killAll(find: () => number[]): Promise<void> {
  for (let left = find(); left.length > 0; left = find()) {
    for (const pid of left) kill(pid, "SIGKILL");
    await sleep(POLL_MS);
  }
}

/** Sends a signal. Ignores a process that has already ended. */
export function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Sends a signal to a run of the CLI, and waits until the CLI acknowledges it or ends. */
export async function tellToStop({ process: cli, ended }: Running, signal: NodeJS.Signals): Promise<void> {
  const heard = new Promise<void>((resolve) => {
    for (const stream of [cli.stdout, cli.stderr]) {
      stream?.on("data", (text) => /cancel/i.test(String(text)) && resolve());
    }
  });
  kill(cli.pid ?? 0, signal);
  await Promise.race([heard, ended]);
}

function environmentOf(pid: string): string[] {
  return read(`/proc/${pid}/environ`).split("\0");
}

/** A process may end, or belong to another user, while it is examined. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
