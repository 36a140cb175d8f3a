import { bulkhead } from "cockatiel";
import type { Clock } from "./clock";
import { isThrottled } from "./errors";

/** Enough to reach the API's 200 requests per second at a latency of 50 ms, and no more. */
const MAX_CONCURRENT_CALLS = 16;

/** One second, and the most by which two calls may move closer together on their way to the API. */
const WINDOW_MS = 1_050;

/** The share of the documented limit that is used; the rest allows for calls that overtake others. */
const SHARE = 0.95;

/**
 * The least share of the documented limit that is tried, so that calls go on after several rejections in a
 * row.
 */
const LEAST_SHARE = 0.05;

/** The share of the recently accepted calls that is tried after a rejection. */
const DECREASE = 0.8;

/** How long after the last rejection the limit has doubled; after twice as long it is 16 times as high. */
const DOUBLED_AFTER_MS = 10_000;

/** A call that was sent within the last window. */
interface Sent {
  at: number;
  refused: boolean;
}

/**
 * Limits how many calls of one action are under way, and how many are sent within a second. Calls below the
 * documented limit do not wait. Where the API accepts fewer, because others use the account too, the limit
 * falls to slightly less than what was accepted, and then rises, slowly at first. Calls are sent in the order
 * of arrival.
 */
export class RateLimiter {
  readonly #concurrency = bulkhead(MAX_CONCURRENT_CALLS, Number.POSITIVE_INFINITY);
  readonly #clock: Clock;
  readonly #most: number;
  readonly #least: number;
  /** The limit of calls per window right after the last rejection. */
  #tried: number;
  #refusedAt = 0;
  #sent: Sent[] = [];
  #last: Promise<unknown> = Promise.resolve();

  /** Creates the limiter of an action from its documented limit. */
  constructor(perSecond: number, clock: Clock) {
    this.#most = perSecond * SHARE;
    this.#least = Math.max(1, perSecond * LEAST_SHARE);
    this.#tried = this.#most;
    this.#clock = clock;
  }

  /** Runs a call as soon as the limits allow it. */
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
