import type { Clock } from "../../../provider/api/rateLimiter";

/** Time that passes at once: whenever everybody sleeps, it is the moment at which the first one wakes up. */
export class VirtualClock implements Clock {
  #now = 0;
  #sleepers: { at: number; wake: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  sleep(ms: number): Promise<void> {
    return new Promise((wake) => {
      this.#sleepers.push({ at: this.#now + ms, wake });
    });
  }

  /** Lets time pass until the work is through. */
  async until<T>(work: Promise<T>): Promise<T> {
    let through = false;
    const ended = work.finally(() => {
      through = true;
    });
    ended.catch(() => undefined);
    for (;;) {
      // All that can go on without time passing.
      await new Promise(setImmediate);
      if (through) return ended;
      const [first] = this.#sleepers.sort((one, other) => one.at - other.at);
      if (!first) throw new Error("everybody waits, and nobody sleeps");
      this.#sleepers.shift();
      this.#now = first.at;
      first.wake();
    }
  }
}
