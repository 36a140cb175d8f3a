/** The longest time that Node's timers can wait; they would not wait at all for a longer one. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/** Calls `expired` after `ms` milliseconds; the function that it returns cancels that. */
export type Timer = (ms: number, expired: () => void) => () => void;

/** A timer of real time. */
export const realTimer: Timer = (ms, expired) => {
  const timeout = setTimeout(expired, ms);
  return () => clearTimeout(timeout);
};
