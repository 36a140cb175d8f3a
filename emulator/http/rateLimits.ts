import { contracts, type EmulatedAction } from "../actions";
import { ApiError } from "../apiError";

const WINDOW_MS = 1000;

/** Counts calls per action in a sliding window of one second. Rejected calls do not count. */
export class RateLimits {
  readonly #limits: Partial<Record<EmulatedAction, number>> | undefined;
  /** The times of the last calls: ring buffers of the limit's size, with the oldest time at `next`. */
  readonly #rings = new Map<EmulatedAction, { times: number[]; next: number }>();

  constructor(choice: boolean | Partial<Record<EmulatedAction, number>> = true) {
    this.#limits = choice === false ? undefined : choice === true ? {} : choice;
  }

  /** Counts a call, or rejects it. `now` is in milliseconds. */
  count(action: EmulatedAction, now: number): void {
    if (!this.#limits) return;
    const limit = this.#limits[action] ?? contracts[action].perSecond;
    const ring = this.#rings.get(action) ?? { times: [], next: 0 };
    this.#rings.set(action, ring);
    const oldest = ring.times[ring.next];
    if (limit === 0 || (oldest !== undefined && oldest > now - WINDOW_MS)) {
      throw new ApiError(
        "RequestLimitExceeded",
        `The limit of ${limit} requests per second for ${action} is exceeded.`,
      );
    }
    ring.times[ring.next] = now;
    ring.next = (ring.next + 1) % limit;
  }

  /** Removes all counts. */
  clear(): void {
    this.#rings.clear();
  }
}
