import type { z } from "zod";
import { type AudioAuditEvent, audioAuditFields, type PornCensorshipEvent, pornCensorshipFields } from "./audit";
import { type CallbackEventBase, commonFields, type FieldsOf, fields, maybe, text } from "./fields";
import {
  type RecordEvent,
  type RecordExceptionEvent,
  type RecordStatusEvent,
  recordExceptionFields,
  recordFields,
  recordStatusFields,
} from "./record";
import { type SnapshotEvent, snapshotFields } from "./snapshot";
import {
  type PushExceptionEvent,
  pushExceptionFields,
  type StreamBeginEvent,
  type StreamEndEvent,
  streamBeginFields,
  streamEndFields,
} from "./stream";

/** An event whose `event_type` is not one of a template's nine: a newer kind, or one of another feature. */
export interface UnknownEvent extends CallbackEventBase<"unknown"> {
  /** The stream's name. */
  readonly streamId?: string;
}

/** The nine events that a callback template can send. */
export type KnownEvent =
  | StreamBeginEvent
  | StreamEndEvent
  | RecordEvent
  | RecordStatusEvent
  | SnapshotEvent
  | PornCensorshipEvent
  | AudioAuditEvent
  | PushExceptionEvent
  | RecordExceptionEvent;

/** Any event. `switch (event.type)` narrows it. */
export type CallbackEvent = KnownEvent | UnknownEvent;

/** The names of the nine events. */
export type KnownEventType = KnownEvent["type"];
/** One event by its name: `EventOf<"record">`. */
export type EventOf<Type extends CallbackEvent["type"]> = Extract<CallbackEvent, { type: Type }>;

type IdPart = string | number | undefined;

/** What is particular to one kind of event. */
export interface EventKind<Event extends CallbackEvent> {
  type: Event["type"];
  eventType: Event["eventType"];
  fields: z.ZodType<FieldsOf<Event>>;
  /** The parts of the documented id. Without one the whole message is the id. */
  id?: (event: FieldsOf<Event>) => readonly IdPart[];
}

const kinds: { [Type in KnownEventType]: EventKind<EventOf<Type>> } = {
  streamBegin: { type: "streamBegin", eventType: 1, fields: streamBeginFields, id: (event) => [event.sequence] },
  streamEnd: { type: "streamEnd", eventType: 0, fields: streamEndFields, id: (event) => [event.sequence] },
  record: { type: "record", eventType: 100, fields: recordFields, id: (event) => [event.recordFileId ?? event.fileId] },
  recordStatus: {
    type: "recordStatus",
    eventType: 332,
    fields: recordStatusFields,
    id: (event) => [event.sessionId, event.recordEvent, event.seq],
  },
  snapshot: {
    type: "snapshot",
    eventType: 200,
    fields: snapshotFields,
    id: (event) => [event.domainName, event.appName, event.streamId, event.createTime, event.picUrl],
  },
  pornCensorship: { type: "pornCensorship", eventType: 317, fields: pornCensorshipFields },
  audioAudit: { type: "audioAudit", eventType: 315, fields: audioAuditFields },
  // Neither documents an id, and two messages of one second may differ in what they report.
  pushException: { type: "pushException", eventType: 321, fields: pushExceptionFields },
  recordException: { type: "recordException", eventType: 341, fields: recordExceptionFields },
};

/** The cloud's number of each event, by name. */
export const CALLBACK_EVENT_TYPES = Object.fromEntries(
  Object.values(kinds).map(({ type, eventType }) => [type, eventType]),
) as { readonly [Type in KnownEventType]: EventOf<Type>["eventType"] };

const byNumber = new Map(Object.values(kinds).map((kind) => [kind.eventType as number, kind]));
const unknownFields = fields<FieldsOf<UnknownEvent>>({ ...commonFields, streamId: maybe(text) });

/** The kind of an event by its number. */
export function eventKind(eventType: number): EventKind<CallbackEvent> {
  const kind = byNumber.get(eventType) ?? { type: "unknown", eventType, fields: unknownFields };
  return kind as EventKind<CallbackEvent>;
}
