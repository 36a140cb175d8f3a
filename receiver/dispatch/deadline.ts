import type { Timer } from "../../provider/api/clock";

/** The time limit of one message. It covers reading the body, the store and the handlers. */
export class Deadline {
  /** Resolves when the time is up. Never resolves if the deadline is cancelled first. */
  readonly passed: Promise<void>;
  readonly #timer: Timer;
  readonly #clock: () => number;
  readonly #started: number;
  #limitMs: number;
  #pass = (): void => {};
  #cancel: () => void;

  /** Starts the timer. */
  constructor(limitMs: number, timer: Timer, clock: () => number) {
    this.#limitMs = limitMs;
    this.#timer = timer;
    this.#clock = clock;
    this.#started = clock();
    this.passed = new Promise((resolve) => {
      this.#pass = resolve;
    });
    this.#cancel = timer(limitMs, this.#pass);
  }

  get limitMs(): number {
    return this.#limitMs;
  }

  /** Shortens the limit, counted from the start. */
  shortenTo(limitMs: number): void {
    this.#cancel();
    this.#limitMs = limitMs;
    // The system clock may have been set back: the remaining time must not exceed the limit.
    const elapsed = Math.max(0, this.#clock() - this.#started);
    this.#cancel = this.#timer(Math.max(0, limitMs - elapsed), this.#pass);
  }

  cancel(): void {
    this.#cancel();
  }
}
