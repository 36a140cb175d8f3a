import type { CallbackPayload } from "./callbackPayload";
import { sha256 } from "./digests";
import type { IdParts } from "./events";

/** A longer id is replaced by a digest. */
const MAX_LENGTH = 200;

/**
 * Returns the id of an event: its documented parts, or a digest of its message. Two events with the same id
 * would be handled as one. Therefore the digest is also used if a part is empty or if JavaScript has rounded
 * a number of the message.
 *
 * @param message the message, with large numbers as text if their digits are available
 */
export function eventId(eventType: number, parts: IdParts | undefined, message: CallbackPayload): string {
  if (parts?.every(isPresent) && !Object.values(message).some(isRounded)) {
    const id = [eventType, ...parts.map(escaped)].join(":");
    if (id.length <= MAX_LENGTH) return id;
  }
  return `${eventType}:${digest(message)}`;
}

const isPresent = (part: string | number | undefined): boolean => part !== undefined && String(part).trim() !== "";

const isRounded = (value: unknown): boolean => typeof value === "number" && Math.abs(value) > Number.MAX_SAFE_INTEGER;

/** Escapes the separator, so that one part cannot read as two. */
const escaped = (part: string | number | undefined): string => String(part).replace(/[%:]/g, encodeURIComponent);

/** Hashes everything except the fields that may differ between copies of an event. */
function digest({ t: _t, sign: _sign, sendTime: _sendTime, ...content }: CallbackPayload): string {
  return sha256(JSON.stringify(content));
}
