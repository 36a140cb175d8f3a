import type { CallbackEventName } from "../../provider/api/contract/events";
import type { Payload } from "./payloads/occurrence";
import type { PostResponse } from "./post";
import type { NoDelivery } from "./routing";

/** One POST of a callback. */
export interface DeliveryAttempt extends PostResponse {
  /** When it began, ISO 8601, by the emulator's clock. */
  at: string;
  /** How long it took, in milliseconds of the emulator's clock. */
  durationMs: number;
}

/** What has become of an event. */
export interface EventDelivery {
  /** What happened. */
  event: CallbackEventName;
  /**
   * - `delivered`: the response had status 200.
   * - `underWay`: an attempt is being made.
   * - `retrying`: no response with 200 yet; it is sent again at `nextAttempt`.
   * - `failed`: given up after the last retry.
   * - `noRule`, `noUrl`, `levelNotChosen`: the cloud would not call back; nothing is recorded.
   * - `notThisMachine`: the cloud would call, the emulator did not; see `EmulatorOptions.deliverTo`.
   */
  outcome: "delivered" | "underWay" | "retrying" | "failed" | NoDelivery | "notThisMachine";
  /** Why it is not delivered: one clause. */
  reason?: string;
  /** The URL in the template. */
  url?: string;
  /** The body: as it was sent last, with `t` and `sign` where the template has a key. */
  payload: Payload;
  /** The attempts so far, oldest first. */
  attempts: DeliveryAttempt[];
  /** When it is due again, ISO 8601. */
  nextAttempt?: string;
}

/** An event that goes somewhere. All times are in milliseconds since 1970. */
export interface Delivery {
  event: CallbackEventName;
  streamName: string;
  /** As the template has it, and where it is really sent. */
  url: string;
  target: URL;
  key: string | undefined;
  eventTime: number;
  payload: Payload;
  /** What was sent last. */
  sent: Payload;
  state: "delivered" | "underWay" | "retrying" | "failed";
  attempts: DeliveryAttempt[];
  nextAttempt?: number | undefined;
}

/**
 * One attempt to call back, as `DescribeCallbackRecordsList` shows it: one entry for each, an assumption.
 * Times are in milliseconds since 1970.
 */
export interface LoggedCall {
  event: CallbackEventName;
  eventType: number;
  streamName: string;
  /** When the event happened: equal for all attempts of one event. */
  eventTime: number;
  request: string;
  response: string;
  /** When the response arrived, or the wait for it ended. */
  responseTime: number;
  /** 0: the response had status 200. */
  resultCode: number;
}

/** How a delivery stands, as a copy. */
export function statusOf({ event, url, sent, attempts, nextAttempt, state }: Delivery): EventDelivery {
  const last = attempts.at(-1);
  const reason = last?.failure ?? (last && `answered with status ${last.status}; only 200 counts`);
  return {
    event,
    outcome: state,
    ...(reason !== undefined && state !== "delivered" && { reason }),
    ...structuredClone({ url, payload: sent, attempts }),
    ...(nextAttempt !== undefined && { nextAttempt: new Date(nextAttempt).toISOString() }),
  };
}
