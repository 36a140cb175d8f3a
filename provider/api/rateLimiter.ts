import { bulkhead } from "cockatiel";
import type { Clock } from "./clock";
import { isThrottled } from "./errors";

/** Enough to reach the API's 200 requests per second at a latency of 50 ms, and no more. */
const MAX_CONCURRENT_CALLS = 16;

/** A second, and by how much two calls may come closer to each other on their way to the API. */
const WINDOW_MS = 1_050;

/** How much of the documented limit is used; the rest is for calls that overtake others. */
const SHARE = 0.95;

/** How much of it is tried at the least, so that a few refusals in a row stop nobody. */
const LEAST_SHARE = 0.05;

/** After a refusal: how much of what the API has just accepted is tried next. */
const DECREASE = 0.8;

/** How long nothing must have been refused for the limit to be doubled; after twice as long it is 16 times as high. */
const DOUBLED_AFTER_MS = 10_000;

/** A call that was sent within the last window. */
interface Sent {
  at: number;
  refused: boolean;
}

/**
 * How many calls of one action are under way at a time, and how many are sent within a second. Fewer than its documented
 * limit do not wait. Where the API accepts less, since others use the account too, the pace goes down to a little less
 * than what was accepted, and grows from there, slowly at first. Calls go in the order in which they came.
 */
export class RateLimiter {
  readonly #concurrency = bulkhead(MAX_CONCURRENT_CALLS, Number.POSITIVE_INFINITY);
  readonly #clock: Clock;
  readonly #most: number;
  readonly #least: number;
  /** How many calls were to be tried within a window after the last refusal. */
  #tried: number;
  #refusedAt = 0;
  #sent: Sent[] = [];
  #last: Promise<unknown> = Promise.resolve();

  /** With the documented limit of the action. */
  constructor(perSecond: number, clock: Clock) {
    this.#most = perSecond * SHARE;
    this.#least = Math.max(1, perSecond * LEAST_SHARE);
    this.#tried = this.#most;
    this.#clock = clock;
  }

  /** Makes a call in its turn. */
  run<T>(call: () => Promise<T>): Promise<T> {
    return this.#concurrency.execute(async () => {
      const turn = this.#last.then(() => this.#turn());
      this.#last = turn;
      const sent = await turn;
      try {
        return await call();
      } catch (error) {
        if (isThrottled(error)) this.#slowDown(sent);
        throw error;
      }
    });
  }

  async #turn(): Promise<Sent> {
    for (;;) {
      const now = this.#clock.monotonic();
      this.#sent = this.#sent.filter(({ at }) => now - at < WINDOW_MS);
      const inTheWay = this.#sent.at(-Math.floor(this.#limit(now)));
      if (!inTheWay) break;
      await this.#clock.sleep(inTheWay.at + WINDOW_MS - now);
    }
    const sent = { at: this.#clock.monotonic(), refused: false };
    this.#sent.push(sent);
    return sent;
  }

  #limit(now: number): number {
    return Math.min(this.#most, this.#tried * 2 ** (((now - this.#refusedAt) / DOUBLED_AFTER_MS) ** 2));
  }

  #slowDown(refused: Sent): void {
    refused.refused = true;
    const now = this.#clock.monotonic();
    const accepted = this.#sent.filter((sent) => !sent.refused).length;
    this.#tried = Math.max(this.#least, Math.min(this.#limit(now), accepted * DECREASE));
    this.#refusedAt = now;
  }
}
