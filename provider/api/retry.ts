import type { DelegateBackoff } from "cockatiel";

/** How long to wait between attempts: exponentially longer, each time a random part of it (full jitter). */
export interface Backoff {
  initialDelayMs: number;
  maxDelayMs: number;
}

export const DEFAULT_BACKOFF: Backoff = { initialDelayMs: 100, maxDelayMs: 5_000 };

/** Until when an operation may go on, as a point in time; made by `startBudget`. */
export interface Budget {
  /** Milliseconds that are left; never negative. */
  remainingMs(): number;
}

/** Starts a budget of `ms` milliseconds now; a signal that is aborted ends it earlier. */
export function startBudget(ms: number, signal?: AbortSignal): Budget {
  const end = performance.now() + ms;
  return { remainingMs: () => (signal?.aborted ? 0 : Math.max(0, end - performance.now())) };
}

/** Loaded with the first call: a check, and an update without changes, make none. */
const cockatiel = () => require("cockatiel") as typeof import("cockatiel");

/** Runs `attempt` again, with backoff, while it fails in a way that `again` accepts and the budget lasts. */
export function retryWhile<T>(
  attempt: () => Promise<T>,
  again: (error: unknown) => boolean,
  budget: Budget,
  backoff: Backoff,
): Promise<T> {
  const { handleWhen, retry } = cockatiel();
  const policy = retry(
    handleWhen((error) => budget.remainingMs() > 0 && again(error)),
    { maxAttempts: Number.POSITIVE_INFINITY, backoff: delays(backoff, budget) },
  );
  return policy.execute(attempt);
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

/** The last delay ends with the budget: one more attempt is then made, and no further one. */
function delays({ initialDelayMs, maxDelayMs }: Backoff, budget: Budget): DelegateBackoff<{ attempt: number }, void> {
  return new (cockatiel().DelegateBackoff)(({ attempt }) => {
    const longest = Math.min(maxDelayMs, initialDelayMs * 2 ** (attempt - 1));
    return Math.min(Math.random() * longest, budget.remainingMs());
  });
}
