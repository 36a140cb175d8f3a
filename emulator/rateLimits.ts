import { ApiError } from "./apiError";
import type { EmulatedAction } from "./contracts";

/** Calls per second, as documented for each action. */
const DOCUMENTED: Record<EmulatedAction, number> = {
  CreateLiveCallbackTemplate: 200,
  ModifyLiveCallbackTemplate: 200,
  DeleteLiveCallbackTemplate: 200,
  DescribeLiveCallbackTemplate: 500,
  DescribeLiveCallbackTemplates: 500,
  CreateLiveCallbackRule: 200,
  DeleteLiveCallbackRule: 200,
  DescribeLiveCallbackRules: 500,
  DescribeLiveDomain: 500,
  DescribeLiveDomains: 200,
  DescribeCallbackRecordsList: 20,
  // The limits of STS are not in the product's table; Tencent Cloud's default for an API is 20.
  AssumeRole: 20,
  AssumeRoleWithWebIdentity: 20,
  GetCallerIdentity: 20,
};

const WINDOW_MS = 1000;

/** Counts calls per action in a sliding window of one second. Refused calls do not count. */
export class RateLimits {
  private readonly limits: Record<EmulatedAction, number> | undefined;
  /** The times of the last calls, as many as the limit: a ring in which the next place holds the oldest. */
  private readonly rings = new Map<EmulatedAction, { times: number[]; next: number }>();

  constructor(choice: boolean | Partial<Record<EmulatedAction, number>> = true) {
    this.limits = choice === false ? undefined : { ...DOCUMENTED, ...(choice === true ? {} : choice) };
  }

  /** Counts a call, or refuses it. `now` is in milliseconds. */
  count(action: EmulatedAction, now: number): void {
    if (!this.limits) return;
    const limit = this.limits[action];
    const ring = this.rings.get(action) ?? { times: [], next: 0 };
    this.rings.set(action, ring);
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

  /** Forgets all calls. */
  clear(): void {
    this.rings.clear();
  }
}
