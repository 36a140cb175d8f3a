import { rmSync } from "node:fs";
import { mkdir, open, rm, stat, utimes } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { withCleanup } from "./cleanup";

/** The times of a lock. */
export interface LockTimes {
  /** The interval between two attempts to acquire the lock. */
  pollMs: number;
  /** A lock that was not renewed for this time counts as left by a dead process. */
  staleMs: number;
}

const DEFAULT_TIMES: LockTimes = { pollMs: 500, staleMs: 20_000 };

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === code;
}

async function tryCreate(file: string): Promise<boolean> {
  try {
    const handle = await open(file, "wx");
    await handle.close();
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

// The holder renews the file's time. Unlike a process id, this also works in containers and network folders.
async function isStale(file: string, staleMs: number): Promise<boolean> {
  try {
    return Date.now() - (await stat(file)).mtimeMs > staleMs;
  } catch {
    return false;
  }
}

async function acquire(file: string, onWait: () => void, times: LockTimes): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  let reported = false;
  while (!(await tryCreate(file))) {
    if (await isStale(file, times.staleMs)) {
      await rm(file, { force: true });
      continue;
    }
    if (!reported) onWait();
    reported = true;
    await sleep(times.pollMs);
  }
}

/**
 * Runs `body` while it holds the lock file. Calls `onWait` once if another process holds it. The lock saves
 * work but does not protect data: two processes that find a stale lock at the same time may both run.
 */
export async function withLock<T>(
  file: string,
  onWait: () => void,
  body: () => Promise<T>,
  times: LockTimes = DEFAULT_TIMES,
): Promise<T> {
  await acquire(file, onWait, times);
  const renewal = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => {});
  }, times.staleMs / 5);
  return withCleanup(() => {
    clearInterval(renewal);
    rmSync(file, { force: true });
  }, body);
}
