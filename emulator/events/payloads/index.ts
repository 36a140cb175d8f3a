import { createHash } from "node:crypto";
import {
  CALLBACK_EVENTS,
  type CallbackEventName,
  SIGNATURE_VALIDITY_SECONDS,
} from "../../../provider/api/contract/events";
import type { CompleteEvent } from "../streamEvent";
import { audioAudit, pornCensorship } from "./audit";
import { newId, type Occurrence, type Payload } from "./occurrence";
import { record, recordException, recordStatus, snapshot } from "./recordings";
import { pushException, streamBegin, streamEnd } from "./stream";

/** The builders of the payloads, without `event_type`. A missing builder is a compile error. */
const builders: Readonly<Record<CallbackEventName, (occurrence: Occurrence) => Payload>> = {
  streamBegin,
  streamEnd,
  record,
  recordStatus,
  snapshot,
  pornCensorship,
  pushException,
  recordException,
  audioAudit,
};

/** Builds the documented payload of an event, without a signature. */
export function buildPayload(event: CompleteEvent, occurrence: Partial<Occurrence> & Pick<Occurrence, "now">): Payload {
  const { domainName, appName, streamName, fields } = event;
  const complete = { domainName, appName, streamName, sequence: newId(), pushedMs: 60_000, ...occurrence };
  return { ...builders[event.event](complete), event_type: CALLBACK_EVENTS[event.event].eventType, ...fields };
}

/**
 * Adds `t`, 10 minutes after `now`, and `sign`, the MD5 of key and `t`, to a payload. Does not use the
 * receiver's `signCallback`, so that an error in one of the two implementations is detected.
 *
 * @see https://www.tencentcloud.com/document/product/267/38081
 */
export function signedPayload(payload: Payload, key: string, now: number): Payload {
  const t = Math.floor(now / 1000) + SIGNATURE_VALIDITY_SECONDS;
  const sign = createHash("md5").update(`${key}${t}`).digest("hex");
  return { t, sign, ...payload };
}
