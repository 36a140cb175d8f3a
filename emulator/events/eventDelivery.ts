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

/** The delivery of an event, and its outcome. */
export interface EventDelivery {
  /** The name of the event. */
  event: CallbackEventName;
  /**
   * - `delivered`: the response had status 200.
   * - `underWay`: an attempt is being made.
   * - `retrying`: there was no response with status 200 yet; the next attempt is at `nextAttempt`.
   * - `failed`: the last retry has failed.
   * - `noRule`, `noUrl`, `levelNotChosen`: the cloud would not call back; nothing is recorded.
   * - `notThisMachine`: the cloud would call back, the emulator does not; see `EmulatorOptions.deliverTo`.
   */
  outcome: "delivered" | "underWay" | "retrying" | "failed" | NoDelivery | "notThisMachine";
  /** Why the event is not delivered. */
  reason?: string;
  /** The URL in the template. */
  url?: string;
  /** The body as it was last sent, with `t` and `sign` if the template has a key. */
  payload: Payload;
  /** The attempts so far, oldest first. */
  attempts: DeliveryAttempt[];
  /** When the next attempt is due, ISO 8601. */
  nextAttempt?: string;
}

/** An event that is sent. All times are in milliseconds since 1970. */
export interface Delivery {
  event: CallbackEventName;
  streamName: string;
  /** The URL in the template. */
  url: string;
  /** The URL that the event is actually sent to. */
  target: URL;
  key: string | undefined;
  eventTime: number;
  payload: Payload;
  /** The payload as it was last sent. */
  sent: Payload;
  state: "delivered" | "underWay" | "retrying" | "failed";
  attempts: DeliveryAttempt[];
  nextAttempt?: number | undefined;
}

/**
 * One delivery attempt, as `DescribeCallbackRecordsList` returns it. One entry for each attempt is an
 * assumption. Times are in milliseconds since 1970.
 */
export interface LoggedCall {
  event: CallbackEventName;
  eventType: number;
  streamName: string;
  /** When the event happened: equal for all attempts of one event. */
  eventTime: number;
  request: string;
  response: string;
  /** When the response arrived, or when the wait for it ended. */
  responseTime: number;
  /** 0: the response had status 200. */
  resultCode: number;
}

/** Returns the status of a delivery, as a copy. */
export function statusOf({ event, url, sent, attempts, nextAttempt, state }: Delivery): EventDelivery {
  const last = attempts.at(-1);
  const reason = last?.failure ?? (last && `the response has status ${last.status}; only 200 counts`);
  return {
    event,
    outcome: state,
    ...(reason !== undefined && state !== "delivered" && { reason }),
    ...structuredClone({ url, payload: sent, attempts }),
    ...(nextAttempt !== undefined && { nextAttempt: new Date(nextAttempt).toISOString() }),
  };
}
