/**
 * The events that a callback template can subscribe to, one row each, in the order of the console.
 *
 * The provider, the emulator, the receiver and the commands take the facts about an event from this table. A
 * new event is a new row. The compiler then requires the type and the reader of its payload
 * (`receiver/events/`), a sample of it (`emulator/events/payloads/`) and its outputs
 * (`sdk/dynamic/callbackTemplate.ts`, `sdk/native/callbackTemplate.ts`).
 *
 * - `eventType`: the cloud's number, `event_type` in the payload.
 * - `property`, `urlField`: the URL that receives it, as a property of the resource and as a field of the
 *   API.
 * - `retryPlan`: how the cloud retries a delivery; `undocumented` if the documents do not specify it.
 * - `apiModel`: `current` if the older API model of the international site lacks the field.
 * - `returned`: whether the API's template model returns the field.
 * - `recordFilter`: whether `DescribeCallbackRecordsList` is documented to filter by it.
 * - `consoleName`: the field's name in the console; `undefined` if the console lacks it.
 *
 * @see https://www.tencentcloud.com/document/product/267/38080
 */
export const CALLBACK_EVENTS = {
  streamBegin: {
    eventType: 1,
    property: "streamBeginNotifyUrl",
    urlField: "StreamBeginNotifyUrl",
    retryPlan: "standard",
    apiModel: "all",
    returned: true,
    recordFilter: true,
    consoleName: "Push Callback",
  },
  streamEnd: {
    eventType: 0,
    property: "streamEndNotifyUrl",
    urlField: "StreamEndNotifyUrl",
    retryPlan: "standard",
    apiModel: "all",
    returned: true,
    recordFilter: true,
    consoleName: "Interruption Callback",
  },
  record: {
    eventType: 100,
    property: "recordNotifyUrl",
    urlField: "RecordNotifyUrl",
    retryPlan: "standard",
    apiModel: "all",
    returned: true,
    recordFilter: true,
    consoleName: "Recording file callback",
  },
  recordStatus: {
    eventType: 332,
    property: "recordStatusNotifyUrl",
    urlField: "RecordStatusNotifyUrl",
    retryPlan: "undocumented",
    apiModel: "current",
    returned: false,
    recordFilter: false,
    consoleName: "Recording status callback",
  },
  snapshot: {
    eventType: 200,
    property: "snapshotNotifyUrl",
    urlField: "SnapshotNotifyUrl",
    retryPlan: "screenshot",
    apiModel: "all",
    returned: true,
    recordFilter: true,
    consoleName: "Screencapture Callback",
  },
  pornCensorship: {
    eventType: 317,
    property: "pornCensorshipNotifyUrl",
    urlField: "PornCensorshipNotifyUrl",
    retryPlan: "standard",
    apiModel: "all",
    returned: true,
    recordFilter: false,
    consoleName: "Porn Detection Callback",
  },
  pushException: {
    eventType: 321,
    property: "pushExceptionNotifyUrl",
    urlField: "PushExceptionNotifyUrl",
    retryPlan: "undocumented",
    apiModel: "all",
    returned: true,
    recordFilter: false,
    consoleName: "Error callbacks",
  },
  recordException: {
    eventType: 341,
    property: "recordExceptionNotifyUrl",
    urlField: "RecordExceptionNotifyUrl",
    retryPlan: "undocumented",
    apiModel: "current",
    returned: true,
    recordFilter: false,
    consoleName: "Recording Error Callback",
  },
  audioAudit: {
    eventType: 315,
    property: "audioAuditNotifyUrl",
    urlField: "AudioAuditNotifyUrl",
    retryPlan: "undocumented",
    apiModel: "current",
    returned: true,
    recordFilter: false,
    consoleName: undefined,
  },
} as const;

type Events = typeof CALLBACK_EVENTS;

/** The name of an event: its URL property without `NotifyUrl`. */
export type CallbackEventName = keyof Events;
/** The property with the URL of an event, for example `streamBeginNotifyUrl`. */
export type UrlProperty = Events[CallbackEventName]["property"];
/** The field of the API with the URL of an event, for example `StreamBeginNotifyUrl`. */
export type UrlField = Events[CallbackEventName]["urlField"];
/** The cloud's number of an event. */
export type EventType<Name extends CallbackEventName = CallbackEventName> = Events[Name]["eventType"];

/** The names of all events. */
export const CALLBACK_EVENT_NAMES = Object.keys(CALLBACK_EVENTS) as [CallbackEventName, ...CallbackEventName[]];

/** Returns the name of the event with a number; `undefined` for an unknown one. */
export function eventNameOf(eventType: number | undefined): CallbackEventName | undefined {
  return CALLBACK_EVENT_NAMES.find((name) => CALLBACK_EVENTS[name].eventType === eventType);
}

/**
 * The number of retries after a response other than 200, and the interval after the previous attempt ends.
 */
export const RETRY_PLANS = {
  standard: { retries: 12, intervalMs: 60_000 },
  screenshot: { retries: 5, intervalMs: 120_000 },
} as const;

/** How long the cloud waits for the response to a callback, in milliseconds. */
export const CALLBACK_TIMEOUT_MS = 20_000;

/** How long a signature is valid: `t` is the time of the event plus this. */
export const SIGNATURE_VALIDITY_SECONDS = 600;
