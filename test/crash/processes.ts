import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Running } from "../../tools/scratchProject";

/** Processes are found through the kernel's own listing, which Linux has. */
export const canFindProcesses = existsSync("/proc/self/environ");

const POLL_MS = 5;

/**
 * The processes that have this entry in their environment: the CLI and all that it started, also those whose parent
 * has died meanwhile. The engine's plugins lead process groups of their own, so a group would not name them all.
 */
export function processesWith(name: string, value: string): number[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry) && environmentOf(entry).includes(`${name}=${value}`))
    .map(Number);
}

/** The command line of a process; empty if it has ended. */
export function commandOf(pid: number): string {
  return read(`/proc/${pid}/cmdline`).replaceAll("\0", " ");
}

/** Kills these processes, and those that they start meanwhile, until none is left. */
export async function killAll(find: () => number[]): Promise<void> {
  for (let left = find(); left.length > 0; left = find()) {
    for (const pid of left) kill(pid, "SIGKILL");
    await sleep(POLL_MS);
  }
}

/** Sends a signal; a process that has ended already is no error. */
export function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Sends a signal to a run of the CLI, and waits until it says that it has understood, or has ended. */
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

/** A process may end, or belong to someone else, while it is looked at. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
