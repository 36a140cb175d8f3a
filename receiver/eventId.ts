import type { CallbackPayload } from "./callbackPayload";
import { sha256 } from "./digests";
import type { IdParts } from "./events";

/** The longest id that is kept as it is. */
const MAX_LENGTH = 200;

/**
 * The id of an event: its documented parts, or a digest of its message where there are none. Two events with
 * one id would be handled as one, so a part that may not tell events apart is not used: one that is empty, or
 * any part where JavaScript has rounded a number of the message.
 *
 * @param message the message, with large numbers as text as far as they are known
 */
export function eventId(eventType: number, parts: IdParts | undefined, message: CallbackPayload): string {
  if (parts?.every(isTelling) && !Object.values(message).some(isRounded)) {
    const id = [eventType, ...parts.map(escaped)].join(":");
    if (id.length <= MAX_LENGTH) return id;
  }
  return `${eventType}:${digest(message)}`;
}

const isTelling = (part: string | number | undefined): boolean => part !== undefined && String(part).trim() !== "";

const isRounded = (value: unknown): boolean => typeof value === "number" && Math.abs(value) > Number.MAX_SAFE_INTEGER;

/** A part that holds the separator must not read as two. */
const escaped = (part: string | number | undefined): string => String(part).replace(/[%:]/g, encodeURIComponent);

/** Hashes everything but what may be renewed for every copy of an event. */
function digest({ t: _t, sign: _sign, sendTime: _sendTime, ...content }: CallbackPayload): string {
  return sha256(JSON.stringify(content));
}
