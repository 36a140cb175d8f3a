/** The longest delay of Node's timers, in milliseconds; with a longer one they expire immediately. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/** Calls `expired` after `ms` milliseconds. Returns a function that cancels the timer. */
export type Timer = (ms: number, expired: () => void) => () => void;

/** A timer of real time. */
export const realTimer: Timer = (ms, expired) => {
  const timeout = setTimeout(expired, ms);
  return () => clearTimeout(timeout);
};

/** The source of time for all code that reads the time or waits. Tests replace it as a whole. */
export interface Clock {
  /** The system time in milliseconds since 1970, for signatures and expiry. It jumps when it is set. */
  now(): number;
  /**
   * Milliseconds since a fixed time, independent of the system time, for budgets and rate limits. It may stop
   * while the machine sleeps.
   */
  monotonic(): number;
  /** Waits for `ms` milliseconds. An aborted signal ends the wait immediately, without an error. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** The timer that limits the duration of work in flight, such as a request. */
  timer: Timer;
}

/** Creates the `sleep` of a clock from its timer. */
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

/**
 * Returns a function that returns the milliseconds since now, of the system time or of the monotonic time,
 * whichever is more. So an age is not too low after the system time was set back, or after a sleep of the
 * machine.
 */
export function startAge(clock: Clock): () => number {
  const [now, monotonic] = [clock.now(), clock.monotonic()];
  return () => Math.max(clock.now() - now, clock.monotonic() - monotonic);
}

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
