import { CallbackError } from "./callbackError";
import { type CallbackBody, type Message, readMessage } from "./callbackPayload";
import { eventId } from "./eventId";
import { type CallbackEvent, eventReader } from "./events";
import { camelKeys, INVALID, number, readFields } from "./events/fields";

/** Renamed fields, so that domain and app have one name in all events and no name has two meanings. */
const RENAMED = new Map([
  ["appid", "appId"],
  ["app", "domainName"],
  ["domain", "domainName"],
  ["appname", "appName"],
  ["path", "appName"],
  ["type", "labelTypes"],
  ["socre", "score"],
]);

/**
 * Parses the event in a message. It does **not** check the signature: {@link verifyCallback} does.
 *
 * Fields are in camel case, domain and app have one name in all events, and JSON inside text is parsed. The
 * event's `payload` is the message as it was sent. For an unknown `event_type`, the type of the event is
 * `"unknown"`. An optional field that does not have its documented type is left out.
 *
 * Text fields that are sent as numbers keep all their digits if `body` is text or bytes. In `payload`, and in
 * a body that a framework parsed, JavaScript has rounded numbers beyond 2^53.
 *
 * @param body the message: its text, its bytes, or the object that a framework parsed
 * @throws CallbackError `invalid_json`; `invalid_event` if `event_type` or a required field is missing;
 *   `unsupported_encoding` for compressed bytes; `body_unavailable` if a form parser or an API gateway has
 *   transformed the message
 * @example
 * ```ts
 * const event = parseCallback(body);
 * if (event.type === "record") console.log(event.videoUrl, event.duration);
 * ```
 * @see https://www.tencentcloud.com/document/product/267/38080
 */
export function parseCallback(body: CallbackBody): CallbackEvent {
  return parseMessage(readMessage(body));
}

/** Parses a message that was read. */
export function parseMessage({ payload, exact }: Message): CallbackEvent {
  const eventType = number(payload["event_type"]);
  if (eventType === INVALID) throw new CallbackError("invalid_event", "event_type is missing or not a number.");
  const { type, fields: readers, id: idOf } = eventReader(eventType);
  const { fields, invalid } = readFields(readers, camelKeys(exact, RENAMED) as object);
  if (invalid.length > 0)
    throw new CallbackError("invalid_event", `The ${type} event (${eventType}) lacks ${invalid.join(", ")}.`);
  const id = eventId(eventType, idOf?.(fields), exact);
  return { ...fields, type, eventType, id, payload } as CallbackEvent;
}
