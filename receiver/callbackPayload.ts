import { CallbackError } from "./callbackError";

/** A message as it was sent: every field, in the cloud's own spelling. */
export type CallbackPayload = Readonly<Record<string, unknown>>;

/**
 * A message as a caller may have it: its text, the bytes of its text, or the object that a framework parsed.
 */
export type CallbackBody = string | Uint8Array | CallbackPayload;

/** A message that was read. */
export interface Message {
  /** The message as it was sent. JavaScript rounds its numbers beyond 2^53. */
  readonly payload: CallbackPayload;
  /** The same, with large numbers as text where the text of the message is there: so all digits are exact. */
  readonly exact: CallbackPayload;
}

/** Documented messages nest 6 levels. The limit keeps recursive functions from overflowing the stack. */
const MAX_DEPTH = 32;

/** Reads a message in any of its forms. @throws CallbackError `invalid_json` or `invalid_event` */
export function readMessage(body: unknown): Message {
  const isText = typeof body === "string" || body instanceof Uint8Array;
  const message = isText ? parse(body) : { payload: body, exact: body };
  const { payload } = message;
  if (typeof payload !== "object" || payload === null || Array.isArray(payload))
    throw new CallbackError("invalid_json", "The body must be a JSON object.");
  if (!nestsWithin(payload, MAX_DEPTH))
    throw new CallbackError("invalid_event", `The body nests more than ${MAX_DEPTH} levels.`);
  return message as Message;
}

function parse(body: string | Uint8Array): { payload: unknown; exact: unknown } {
  // A text that came from a file may begin with a byte-order mark; the decoder drops that of bytes.
  const text = typeof body === "string" ? body.replace(/^\uFEFF/, "") : new TextDecoder().decode(body);
  if (text.trim() === "") throw new CallbackError("invalid_json", "The body is empty.");
  try {
    const payload: unknown = JSON.parse(text);
    return { payload, exact: mayHoldLargeNumber(text) ? JSON.parse(quoteLargeNumbers(text)) : payload };
  } catch {
    // The parser's own error is not the cause: it quotes the body, which may hold the push secret.
    throw new CallbackError("invalid_json", "The body is not valid JSON.");
  }
}

/** 16 digits may be more than 2^53. Text that looks like such a number does no harm. */
const mayHoldLargeNumber = (text: string): boolean => /[:[,]\s*-?\d{16}/.test(text);

/** Every text and every number of valid JSON. */
const TEXTS_AND_NUMBERS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

const quoteLargeNumbers = (json: string): string =>
  json.replace(TEXTS_AND_NUMBERS, (token) => (/^-?\d{16,}$/.test(token) ? `"${token}"` : token));

function nestsWithin(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return levels > 0 && Object.values(value).every((member) => nestsWithin(member, levels - 1));
}
