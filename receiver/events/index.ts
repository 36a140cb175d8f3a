import {
  CALLBACK_EVENT_NAMES,
  CALLBACK_EVENTS,
  type CallbackEventName,
  type EventType,
  eventNameOf,
  SIGNATURE_VALIDITY_SECONDS,
} from "../../provider/api/contract/events";
import { type AudioAuditEvent, audioAuditFields, type PornCensorshipEvent, pornCensorshipFields } from "./audit";
import { type CallbackEventBase, commonFields, type FieldReaders, type FieldsOf, maybe, number, text } from "./fields";
import {
  type RecordEvent,
  type RecordExceptionEvent,
  type RecordStatusEvent,
  recordExceptionFields,
  recordFields,
  recordStatusFields,
} from "./recording";
import { type SnapshotEvent, snapshotFields } from "./snapshot";
import {
  type PushExceptionEvent,
  pushExceptionFields,
  type StreamBeginEvent,
  type StreamEndEvent,
  streamBeginFields,
  streamEndFields,
} from "./stream";

/** An event whose `event_type` is none of a template's nine: a newer type, or an event of another feature. */
export interface UnknownEvent extends CallbackEventBase<"unknown"> {
  /** The stream's name. */
  readonly streamId?: string | undefined;
}

/** The type of each event. A missing event is a compile error below. */
interface Events {
  streamBegin: StreamBeginEvent;
  streamEnd: StreamEndEvent;
  record: RecordEvent;
  recordStatus: RecordStatusEvent;
  snapshot: SnapshotEvent;
  pornCensorship: PornCensorshipEvent;
  pushException: PushExceptionEvent;
  recordException: RecordExceptionEvent;
  audioAudit: AudioAuditEvent;
}

/** The nine events that a callback template can send. */
export type KnownEvent = Events[CallbackEventName];

/** Any event. `switch (event.type)` narrows it. */
export type CallbackEvent = KnownEvent | UnknownEvent;

/** The names of the nine events. */
export type KnownEventType = CallbackEventName;
/** The type of the event with a name: `EventOf<"record">`. */
export type EventOf<Type extends CallbackEvent["type"]> = Extract<CallbackEvent, { type: Type }>;

/** The parts of a documented id. */
export type IdParts = readonly (string | number | undefined)[];

/** Reads an event from a message. */
export interface EventReader<Event extends CallbackEvent> {
  fields: FieldReaders<FieldsOf<Event>>;
  /** The parts of the documented id. Absent: the id is a digest of the message. */
  id?: (event: FieldsOf<Event>) => IdParts;
  /** When the event happened, in milliseconds since 1970. Absent: the message does not contain the time. */
  happened?: (event: FieldsOf<Event>) => number | undefined;
}

const seconds = (value: number | undefined): number | undefined => (value === undefined ? undefined : value * 1000);

const readers: { [Name in CallbackEventName]: EventReader<Events[Name]> } = {
  streamBegin: {
    fields: streamBeginFields,
    id: (event) => [event.sequence],
    happened: (event) => seconds(event.eventTime),
  },
  streamEnd: {
    fields: streamEndFields,
    id: (event) => [event.sequence],
    happened: (event) => seconds(event.eventTime),
  },
  record: { fields: recordFields, id: (event) => [event.recordFileId?.trim() || event.fileId] },
  recordStatus: {
    fields: recordStatusFields,
    id: (event) => [event.sessionId, event.recordEvent, event.seq],
    happened: (event) => seconds(event.eventTime),
  },
  snapshot: {
    fields: snapshotFields,
    id: (event) => [event.domainName, event.appName, event.streamId, event.createTime, event.picUrl],
    happened: (event) => seconds(event.createTime),
  },
  pornCensorship: { fields: pornCensorshipFields, happened: (event) => seconds(event.screenshotTime) },
  // These two have no documented id, and two messages with the same time may report different errors.
  pushException: { fields: pushExceptionFields, happened: (event) => event.dataTime },
  recordException: { fields: recordExceptionFields, happened: (event) => seconds(event.timestamp) },
  audioAudit: { fields: audioAuditFields },
};

const unknownReader: EventReader<UnknownEvent> = {
  fields: { ...commonFields, streamId: maybe(text) },
};

/** Returns the name and the reader of the event with a number. */
export function eventReader(eventType: number): { type: CallbackEvent["type"] } & EventReader<CallbackEvent> {
  const name = eventNameOf(eventType);
  const reader = name ? readers[name] : unknownReader;
  return { type: name ?? "unknown", ...(reader as unknown as EventReader<CallbackEvent>) };
}

/**
 * Returns when an event happened, in milliseconds since 1970. If the message does not contain the time, it is
 * 10 minutes before the signature expires; `undefined` if the message is not signed either.
 */
export function happenedAt(event: CallbackEvent): number | undefined {
  const signedAt = seconds(maybe(number)(event.payload["t"]));
  const happened = eventReader(event.eventType).happened?.(event);
  return happened ?? (signedAt && signedAt - SIGNATURE_VALIDITY_SECONDS * 1000);
}

/** The cloud's number of each event, by name: `CALLBACK_EVENT_TYPES.record` is 100. */
export const CALLBACK_EVENT_TYPES = Object.fromEntries(
  CALLBACK_EVENT_NAMES.map((name) => [name, CALLBACK_EVENTS[name].eventType]),
) as { readonly [Name in CallbackEventName]: EventType<Name> };
