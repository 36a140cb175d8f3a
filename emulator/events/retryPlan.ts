import {
  CALLBACK_EVENTS,
  CALLBACK_TIMEOUT_MS,
  type CallbackEventName,
  RETRY_PLANS,
} from "../../provider/api/contract/events";
import type { EventDialect } from "../dialect/events";

/** How often an event is sent again, and how long after the end of the attempt before. */
export interface RetryPlan {
  retries: number;
  intervalMs: number;
}

const MINUTE = 60_000;

/** What the dialect has for events whose retries are not documented. */
const undocumentedPlans: Readonly<Record<EventDialect["undocumentedRetries"], RetryPlan>> = {
  push: RETRY_PLANS.standard,
  screenshot: RETRY_PLANS.screenshot,
  /** What the pages of newer events, like subtitles, say. */
  newer: { retries: 2, intervalMs: MINUTE },
  none: { retries: 0, intervalMs: MINUTE },
};

/** @see https://www.tencentcloud.com/document/product/267/38080 */
export function retryPlan(event: CallbackEventName, { undocumentedRetries }: EventDialect): RetryPlan {
  const { retryPlan: plan } = CALLBACK_EVENTS[event];
  return plan === "undocumented" ? undocumentedPlans[undocumentedRetries] : RETRY_PLANS[plan];
}

/** How long the cloud waits for an answer, in milliseconds. */
export function responseTimeout(event: CallbackEventName, { pushExceptionTimeout }: EventDialect): number {
  return event === "pushException" && pushExceptionTimeout === "payload" ? 5_000 : CALLBACK_TIMEOUT_MS;
}
