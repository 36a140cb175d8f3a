import { MAX_TIMER_MS, type Timer } from "../../provider/api/clock";
import { CALLBACK_EVENTS, type CallbackEventName, RETRY_PLANS } from "../../provider/api/contract/events";
import type { EventDialect } from "../dialect";
import type { Delivery } from "./eventDelivery";

/** How many times an event is sent again, and how long after the end of the previous attempt. */
export interface RetryPlan {
  retries: number;
  intervalMs: number;
}

const MINUTE = 60_000;

/** The plans of the dialect for events whose retries are not documented. */
const undocumentedPlans: Readonly<Record<EventDialect["undocumentedRetries"], RetryPlan>> = {
  push: RETRY_PLANS.standard,
  screenshot: RETRY_PLANS.screenshot,
  /** As documented for newer events, such as subtitles. */
  newer: { retries: 2, intervalMs: MINUTE },
  none: { retries: 0, intervalMs: MINUTE },
};

/** @see https://www.tencentcloud.com/document/product/267/38080 */
export function retryPlan(event: CallbackEventName, { undocumentedRetries }: EventDialect): RetryPlan {
  const { retryPlan: plan } = CALLBACK_EVENTS[event];
  return plan === "undocumented" ? undocumentedPlans[undocumentedRetries] : RETRY_PLANS[plan];
}

/** The deliveries that wait for their next attempt. */
export class RetrySchedule {
  readonly #clock: () => number;
  readonly #timer: Timer;
  readonly #wake: () => void;
  readonly #waiting = new Set<Delivery>();
  #wakeAt = Number.POSITIVE_INFINITY;
  #cancel = () => {};

  /** `wake` is called when an attempt may be due. */
  constructor(clock: () => number, timer: Timer, wake: () => void) {
    this.#clock = clock;
    this.#timer = timer;
    this.#wake = wake;
  }

  add(delivery: Delivery): void {
    this.#waiting.add(delivery);
    this.#wakeBy(delivery.nextAttempt ?? 0);
  }

  /** Removes and returns the deliveries that are due now, in the order in which they were added. */
  takeDue(): Delivery[] {
    const now = this.#clock();
    const due = [...this.#waiting].filter(({ nextAttempt = 0 }) => nextAttempt <= now);
    for (const delivery of due) this.#waiting.delete(delivery);
    return due;
  }

  clear(): void {
    this.#cancel();
    this.#wakeAt = Number.POSITIVE_INFINITY;
    this.#waiting.clear();
  }

  /** Schedules a wake-up at a time, then for each delivery that waits: the clock of a test may be behind. */
  #wakeBy(time: number): void {
    if (time >= this.#wakeAt) return;
    this.#cancel();
    this.#wakeAt = time;
    const ms = Math.min(Math.max(0, time - this.#clock()), MAX_TIMER_MS);
    this.#cancel = this.#timer(ms, () => {
      this.#wakeAt = Number.POSITIVE_INFINITY;
      this.#wake();
      for (const { nextAttempt = 0 } of this.#waiting) this.#wakeBy(nextAttempt);
    });
  }
}
