import type { Clock } from "./clock";

/**
 * The delays between attempts. They double up to a maximum, and each wait is a random part of its delay (full
 * jitter).
 */
export interface Backoff {
  initialDelayMs: number;
  maxDelayMs: number;
  /** Returns the part of a delay to wait, from 0 to 1. @default Math.random */
  jitter?: () => number;
}

export const DEFAULT_BACKOFF: Backoff = { initialDelayMs: 100, maxDelayMs: 5_000 };

/** The time that an operation may still take; created by `startBudget`. */
export interface Budget {
  /** Measures the budget, and the waits within it. */
  readonly clock: Clock;
  /** Ends the budget, and a wait within it, when it is aborted. */
  readonly signal?: AbortSignal | undefined;
  /** Called once for each call that has been repeated for 5 s, with the failure of its last attempt. */
  readonly onLongWait?: ((failure: unknown, remainingMs: number) => void) | undefined;
  /** Milliseconds that are left; never negative. */
  remainingMs(): number;
}

/** Starts a budget of `ms` milliseconds now; a signal that is aborted ends it earlier. */
export function startBudget(
  clock: Clock,
  ms: number,
  { signal, onLongWait }: Pick<Budget, "signal" | "onLongWait"> = {},
): Budget {
  const end = clock.monotonic() + ms;
  const remainingMs = () => (signal?.aborted ? 0 : Math.max(0, end - clock.monotonic()));
  return { clock, signal, onLongWait, remainingMs };
}

/**
 * Runs `attempt`, and repeats it with backoff while `shouldRetry` accepts its error and the budget lasts. The
 * last delay ends with the budget, and one last attempt follows it. After an abort, no attempt follows.
 * Rejects with the error of the last attempt.
 */
export async function retryWhile<T>(
  attempt: () => Promise<T>,
  shouldRetry: (error: unknown) => boolean,
  budget: Budget,
  backoff: Backoff,
): Promise<T> {
  const sleep = reportingSleep(budget);
  for (let failures = 1; ; failures++) {
    try {
      return await attempt();
    } catch (error) {
      const remainingMs = budget.remainingMs();
      if (remainingMs === 0 || !shouldRetry(error)) throw error;
      await sleep(Math.min(delayAfter(failures, backoff), remainingMs), error);
      if (budget.signal?.aborted) throw error;
    }
  }
}

/** How long a call is repeated before the wait is reported, in milliseconds. */
const SILENCE_MS = 5_000;

/** Returns the sleep between attempts, which reports a long wait once. */
function reportingSleep(budget: Budget): (ms: number, failure: unknown) => Promise<void> {
  const { clock, signal, onLongWait } = budget;
  let reportAt = onLongWait ? clock.monotonic() + SILENCE_MS : Number.POSITIVE_INFINITY;
  return async (ms, failure) => {
    const silence = Math.max(0, reportAt - clock.monotonic());
    if (silence >= ms) return clock.sleep(ms, signal);
    reportAt = Number.POSITIVE_INFINITY;
    await clock.sleep(silence, signal);
    if (signal?.aborted) return;
    onLongWait?.(failure, budget.remainingMs());
    await clock.sleep(ms - silence, signal);
  };
}

function delayAfter(failures: number, { initialDelayMs, maxDelayMs, jitter = Math.random }: Backoff): number {
  return jitter() * Math.min(maxDelayMs, initialDelayMs * 2 ** (failures - 1));
}

class NotYet extends Error {}

/** Repeats `look` with backoff until it returns a value. Returns `undefined` where the budget ends first. */
export async function pollUntil<T>(
  look: () => Promise<T | undefined>,
  budget: Budget,
  backoff: Backoff,
): Promise<T | undefined> {
  const attempt = async (): Promise<T> => {
    const found = await look();
    if (found === undefined) throw new NotYet();
    return found;
  };
  try {
    return await retryWhile(attempt, (error) => error instanceof NotYet, budget, backoff);
  } catch (error) {
    if (error instanceof NotYet) return undefined;
    throw error;
  }
}
