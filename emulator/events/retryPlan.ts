import type { EventDialect } from "../dialect/events";
import { type EventName, eventKinds } from "./payloads";

/** How often an event is sent again, and how long after the end of the attempt before. */
export interface RetryPlan {
  retries: number;
  intervalMs: number;
}

const MINUTE = 60_000;

const plans = {
  push: { retries: 12, intervalMs: MINUTE },
  screenshot: { retries: 5, intervalMs: 2 * MINUTE },
  /** What the pages of newer events, like subtitles, say. */
  newer: { retries: 2, intervalMs: MINUTE },
  none: { retries: 0, intervalMs: MINUTE },
} as const satisfies Record<string, RetryPlan>;

/** @see https://www.tencentcloud.com/document/product/267/38080 */
export function retryPlan(event: EventName, { undocumentedRetries }: EventDialect): RetryPlan {
  const { retries } = eventKinds[event];
  return plans[retries === "undocumented" ? undocumentedRetries : retries];
}

/** How long the cloud waits for an answer, in milliseconds. */
export function responseTimeout(event: EventName, { pushExceptionTimeout }: EventDialect): number {
  return event === "pushException" && pushExceptionTimeout === "payload" ? 5_000 : 20_000;
}
