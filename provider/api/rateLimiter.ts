import { bulkhead } from "cockatiel";
import type { Clock } from "./clock";
import { isThrottled } from "./errors";

/** Enough to reach the API's 200 requests per second at a latency of 50 ms. */
const MAX_CONCURRENT_CALLS = 16;

/** One second, plus the most by which two calls may move closer together on the network. */
const WINDOW_MS = 1_050;

/** The share of the documented limit that is used; the rest allows for calls that overtake others. */
const SHARE = 0.95;

/** The minimum share of the documented limit, so that calls continue after several rejections in a row. */
const LEAST_SHARE = 0.05;

/** The limit after a rejection, as a share of the recently accepted calls. */
const DECREASE = 0.8;

/** How long after the last rejection the limit has doubled; after twice as long it is 16 times as high. */
const DOUBLED_AFTER_MS = 10_000;

/** A call that was sent within the last window. */
interface Sent {
  at: number;
  rejected: boolean;
}

/**
 * Limits the concurrent calls of one action, and its calls per second. Calls below the documented limit do
 * not wait. If the API accepts fewer calls, because others use the account too, the limit falls slightly
 * below the accepted rate, then rises, slowly at first. Calls are sent in the order of arrival.
 */
export class RateLimiter {
  readonly #concurrency = bulkhead(MAX_CONCURRENT_CALLS, Number.POSITIVE_INFINITY);
  readonly #clock: Clock;
  readonly #most: number;
  readonly #least: number;
  /** The limit of calls per window right after the last rejection. */
  #tried: number;
  #rejectedAt = 0;
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
      const blocking = this.#sent.at(-Math.floor(this.#limit(now)));
      if (!blocking) break;
      await this.#clock.sleep(blocking.at + WINDOW_MS - now);
    }
    const sent = { at: this.#clock.monotonic(), rejected: false };
    this.#sent.push(sent);
    return sent;
  }

  #limit(now: number): number {
    return Math.min(this.#most, this.#tried * 2 ** (((now - this.#rejectedAt) / DOUBLED_AFTER_MS) ** 2));
  }

  #slowDown(rejected: Sent): void {
    rejected.rejected = true;
    const now = this.#clock.monotonic();
    const accepted = this.#sent.filter((sent) => !sent.rejected).length;
    this.#tried = Math.max(this.#least, Math.min(this.#limit(now), accepted * DECREASE));
    this.#rejectedAt = now;
  }
}
