import type { Clock } from "./clock";

/** How long to wait between attempts: exponentially longer, each time a random part of it (full jitter). */
export interface Backoff {
  initialDelayMs: number;
  maxDelayMs: number;
  /** Which part of a delay is waited, from 0 to 1. @default Math.random */
  jitter?: () => number;
}

export const DEFAULT_BACKOFF: Backoff = { initialDelayMs: 100, maxDelayMs: 5_000 };

/** Until when an operation may go on, as a point in time; made by `startBudget`. */
export interface Budget {
  /** What it is measured by, and waited on. */
  readonly clock: Clock;
  /** Ends it earlier, and a wait within it at once. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds that are left; never negative. */
  remainingMs(): number;
}

/** Starts a budget of `ms` milliseconds now; a signal that is aborted ends it earlier. */
export function startBudget(clock: Clock, ms: number, signal?: AbortSignal): Budget {
  const end = clock.monotonic() + ms;
  return { clock, signal, remainingMs: () => (signal?.aborted ? 0 : Math.max(0, end - clock.monotonic())) };
}

/**
 * Runs `attempt` again, with backoff, while it fails in a way that `again` accepts and the budget lasts. The last delay
 * ends with the budget: one more attempt is then made, and no further one. After an aborted signal none is made.
 */
export async function retryWhile<T>(
  attempt: () => Promise<T>,
  again: (error: unknown) => boolean,
  budget: Budget,
  backoff: Backoff,
): Promise<T> {
  for (let failures = 1; ; failures++) {
    try {
      return await attempt();
    } catch (error) {
      const remainingMs = budget.remainingMs();
      if (remainingMs === 0 || !again(error)) throw error;
      await budget.clock.sleep(Math.min(delayAfter(failures, backoff), remainingMs), budget.signal);
      if (budget.signal?.aborted) throw error;
    }
  }
}

function delayAfter(failures: number, { initialDelayMs, maxDelayMs, jitter = Math.random }: Backoff): number {
  return jitter() * Math.min(maxDelayMs, initialDelayMs * 2 ** (failures - 1));
}

class NotYet extends Error {}

/** Runs `look`, with backoff, until it returns something or the budget ends; then returns `undefined`. */
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
