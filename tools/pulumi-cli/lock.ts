import { rmSync } from "node:fs";
import { mkdir, open, rm, stat, utimes } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { withCleanup } from "./cleanup";

/** How often a lock is looked at and renewed, and when it counts as left behind by a process that died. */
export interface LockTimes {
  pollMs: number;
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

// The holder renews the file's time. That also works where its process id means nothing: containers, network folders.
async function isStale(file: string, staleMs: number): Promise<boolean> {
  try {
    return Date.now() - (await stat(file)).mtimeMs > staleMs;
  } catch {
    return false;
  }
}

async function acquire(file: string, onWait: () => void, times: LockTimes): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  let told = false;
  while (!(await tryCreate(file))) {
    if (await isStale(file, times.staleMs)) {
      await rm(file, { force: true });
      continue;
    }
    if (!told) onWait();
    told = true;
    await sleep(times.pollMs);
  }
}

/**
 * Runs `body` while holding the lock file; `onWait` is called once if another process holds it.
 * Two processes that find a stale lock at the same moment may both go on: it saves work, it does not guard data.
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
