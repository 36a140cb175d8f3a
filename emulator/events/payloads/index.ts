import type { Template } from "../../account/store";
import { audioAudit } from "./audio";
import { pornCensorship, snapshot } from "./images";
import type { Occurrence, Payload } from "./occurrence";
import { pushException, streamBegin, streamEnd } from "./pushes";
import { record, recordException, recordStatus } from "./recordings";

/** A kind of event that a callback template sends. */
export interface EventKind {
  /** The cloud's number of it, `event_type`. */
  eventType: number;
  /** The template's field with the URL that it is sent to. */
  urlField: Extract<keyof Template, `${string}NotifyUrl`>;
  /** How the documents say that it is sent again: screenshots less often than others, some not at all. */
  retries: "push" | "screenshot" | "undocumented";
  /** The rest of the payload. */
  build: (occurrence: Occurrence) => Payload;
}

const kinds = {
  streamBegin: { eventType: 1, urlField: "StreamBeginNotifyUrl", retries: "push", build: streamBegin },
  streamEnd: { eventType: 0, urlField: "StreamEndNotifyUrl", retries: "push", build: streamEnd },
  record: { eventType: 100, urlField: "RecordNotifyUrl", retries: "push", build: record },
  recordStatus: {
    eventType: 332,
    urlField: "RecordStatusNotifyUrl",
    retries: "undocumented",
    build: recordStatus,
  },
  snapshot: { eventType: 200, urlField: "SnapshotNotifyUrl", retries: "screenshot", build: snapshot },
  pornCensorship: { eventType: 317, urlField: "PornCensorshipNotifyUrl", retries: "push", build: pornCensorship },
  audioAudit: { eventType: 315, urlField: "AudioAuditNotifyUrl", retries: "undocumented", build: audioAudit },
  pushException: {
    eventType: 321,
    urlField: "PushExceptionNotifyUrl",
    retries: "undocumented",
    build: pushException,
  },
  recordException: {
    eventType: 341,
    urlField: "RecordExceptionNotifyUrl",
    retries: "undocumented",
    build: recordException,
  },
} as const satisfies Record<string, EventKind>;

/** The name of an event: the template's URL field that it is sent to, without `NotifyUrl`. */
export type EventName = keyof typeof kinds;

/**
 * Every event that a callback template sends, by its name.
 *
 * @see https://www.tencentcloud.com/document/product/267/38080
 */
export const eventKinds: Readonly<Record<EventName, EventKind>> = kinds;
/** The names of all events. */
export const eventNames = Object.keys(kinds) as [EventName, ...EventName[]];
