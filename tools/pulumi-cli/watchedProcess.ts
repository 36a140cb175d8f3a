import { type ChildProcess, spawn } from "node:child_process";
import { withCleanup } from "./cleanup";

const TAIL_LENGTH = 1500;
const CHECK_EVERY_MS = 500;

/** A child process that is killed when it makes no progress. */
export interface WatchedJob {
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd?: string;
  idleLimitMs: number;
  /** A number that changes when there is progress that the output does not show. */
  progress?: () => number;
}

// The child leads its own process group, so that its child processes end with it.
function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill("SIGKILL");
    else process.kill(-child.pid, "SIGKILL");
  } catch {
    // The group has already ended.
  }
}

/** Calls `onIdle` after the job's limit without a call of `touch` and without a change of `progress`. */
function watchProgress(job: WatchedJob, onIdle: () => void): { touch: () => void; stop: () => void } {
  let last = Date.now();
  let seen = job.progress?.();
  const timer = setInterval(() => {
    const now = job.progress?.();
    if (now !== seen) last = Date.now();
    seen = now;
    if (Date.now() - last >= job.idleLimitMs) onIdle();
  }, CHECK_EVERY_MS);
  return {
    touch: () => {
      last = Date.now();
    },
    stop: () => clearInterval(timer),
  };
}

function failure(how: string, output: string): Error {
  const lastLines = output.trim().split("\n").slice(-8).join("\n").trim();
  return new Error(lastLines ? `${how}: ${lastLines}` : how);
}

function supervise(job: WatchedJob, child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = "";
    const watch = watchProgress(job, () => {
      endGroup(child);
      settle(failure(`no progress for ${job.idleLimitMs / 1000} s`, output));
    });
    const settle = (error?: Error) => {
      watch.stop();
      if (error) reject(error);
      else resolve();
    };
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        output = (output + text).slice(-TAIL_LENGTH);
        watch.touch();
      });
    }
    child.on("error", (error) => settle(failure(error.message, "")));
    child.on("close", (code, signal) =>
      settle(code === 0 ? undefined : failure(`ended with ${signal ?? code}`, output)),
    );
  });
}

/** Runs the job to its end. Rejects with the last lines of its output if it fails or makes no progress. */
export async function runWatched(job: WatchedJob): Promise<void> {
  const child = spawn(job.command, job.args, {
    env: job.env,
    ...(job.cwd === undefined ? {} : { cwd: job.cwd }),
    stdio: ["ignore", "pipe", "pipe"],
    detached: process.platform !== "win32",
  });
  await withCleanup(
    () => endGroup(child),
    () => supervise(job, child),
  );
}
