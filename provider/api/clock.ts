/** The longest time that Node's timers can wait; they would not wait at all for a longer one. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/** Calls `expired` after `ms` milliseconds; the function that it returns cancels that. */
export type Timer = (ms: number, expired: () => void) => () => void;

/** A timer of real time. */
export const realTimer: Timer = (ms, expired) => {
  const timeout = setTimeout(expired, ms);
  return () => clearTimeout(timeout);
};

/** Time, as the code reads it and waits for it: one clock for everything, which tests replace as a whole. */
export interface Clock {
  /** The system time in milliseconds since 1970. It jumps when it is set; for signatures, expiry and ages. */
  now(): number;
  /** Milliseconds since some moment, which no change of the system time affects; for budgets and rate limits. */
  monotonic(): number;
  /** Waits for `ms` milliseconds; a signal that is aborted ends the wait at once, without an error. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Limits what is under way, such as a request: the others may go on meanwhile. */
  timer: Timer;
}

/** The `sleep` of a clock that has this timer. */
export function sleepBy(timer: Timer): Clock["sleep"] {
  return (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const wake = (): void => {
        cancel();
        signal?.removeEventListener("abort", wake);
        resolve();
      };
      const cancel = timer(ms, wake);
      signal?.addEventListener("abort", wake);
    });
}

/** The clock of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: sleepBy(realTimer),
  timer: realTimer,
};

/** Starts a request with a signal that is aborted if it takes longer than `ms` milliseconds. */
export async function withTimeout<T>(
  clock: Clock,
  ms: number,
  request: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const timeout = new AbortController();
  const cancel = clock.timer(ms, () => timeout.abort());
  try {
    return await request(timeout.signal);
  } finally {
    cancel();
  }
}
