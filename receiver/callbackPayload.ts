import { CallbackError } from "./callbackError";

/** A message as it was sent: every field, in the cloud's own spelling. */
export type CallbackPayload = Readonly<Record<string, unknown>>;

/**
 * A message as a caller may have it: its text, the bytes of its text, or the object that a framework parsed.
 */
export type CallbackBody = string | ArrayBuffer | ArrayBufferView | CallbackPayload;

/** A message that was read. */
export interface Message {
  /** The message as it was sent. JavaScript rounds its numbers beyond 2^53. */
  readonly payload: CallbackPayload;
  /** The same, with large numbers as text where the text of the message is there: so all digits are exact. */
  readonly exact: CallbackPayload;
}

/** Documented messages nest 6 levels. The limit keeps recursive functions from overflowing the stack. */
const MAX_DEPTH = 32;

/**
 * Reads a message in any of its forms.
 *
 * @throws CallbackError `invalid_json` or `invalid_event`; `unsupported_encoding` for compressed bytes;
 *   `body_unavailable` for what a form parser or an API gateway has made of the message
 */
export function readMessage(body: unknown): Message {
  const text = typeof body === "string" ? body : isBytes(body) ? decoded(bytesOf(body)) : undefined;
  const message = text === undefined ? { payload: body, exact: body } : parse(text);
  const { payload } = message;
  if (typeof payload !== "object" || payload === null || Array.isArray(payload))
    throw new CallbackError("invalid_json", "The body must be a JSON object.");
  if (text === undefined) refuseWrapping(payload);
  if (!nestsWithin(payload, MAX_DEPTH))
    throw new CallbackError("invalid_event", `The body nests more than ${MAX_DEPTH} levels.`);
  return message as Message;
}

/** Whether a value is bytes in one of the forms that JavaScript has. */
export const isBytes = (value: unknown): value is ArrayBuffer | ArrayBufferView =>
  ArrayBuffer.isView(value) || tagOf(value) === "ArrayBuffer";

export const bytesOf = (bytes: ArrayBuffer | ArrayBufferView): Uint8Array =>
  ArrayBuffer.isView(bytes) ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) : new Uint8Array(bytes);

/** The class of a platform's object; unlike `instanceof`, also of one from another context. */
export const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

/** Whether bytes are compressed with gzip: JSON cannot begin like this. */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

function decoded(bytes: Uint8Array): string {
  if (isGzip(bytes)) throw new CallbackError("unsupported_encoding", "The body is compressed with gzip: decode it.");
  return new TextDecoder().decode(bytes);
}

function parse(body: string): { payload: unknown; exact: unknown } {
  // A text that came from a file may begin with a byte-order mark; the decoder drops that of bytes.
  const text = body.replace(/^\uFEFF/, "");
  if (text.trim() === "") throw new CallbackError("invalid_json", "The body is empty.");
  try {
    const payload: unknown = JSON.parse(text);
    return { payload, exact: mayHoldLargeNumber(text) ? JSON.parse(quoteLargeNumbers(text)) : payload };
  } catch {
    // The parser's own error is not the cause: it quotes the body, which may hold the push secret.
    throw new CallbackError("invalid_json", `The body is not valid JSON${hint(text)}.`);
  }
}

function hint(text: string): string {
  if (/^ey[\w+/]+=*\s*$/.test(text)) return ": it is base64, as API gateways hand it on, and must be decoded";
  if (text.startsWith("\u001f")) return ": it is compressed, and was decoded as text before";
  return "";
}

/** 16 digits may be more than 2^53. Text that looks like such a number does no harm. */
const mayHoldLargeNumber = (text: string): boolean => /[:[,]\s*-?\d{16}/.test(text);

/** Every text and every number of valid JSON. */
const TEXTS_AND_NUMBERS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

const quoteLargeNumbers = (json: string): string =>
  json.replace(TEXTS_AND_NUMBERS, (token) => (/^-?\d{16,}$/.test(token) ? `"${token}"` : token));

/** Says what else an object is that holds no event: "not signed" would send its reader to the wrong place. */
function refuseWrapping(payload: object): void {
  if ("event_type" in payload) return;
  const refuse = (message: string) => {
    throw new CallbackError("body_unavailable", message);
  };
  if (Object.keys(payload).some((name) => /^\s*\{/.test(name)))
    refuse("A form parser has read the body and taken it apart. Let it pass over the path of the callbacks.");
  if ("body" in payload && ["httpMethod", "requestContext", "isBase64Encoded"].some((name) => name in payload))
    refuse("This is the event of an API gateway. Hand on its body, decoded where isBase64Encoded is true.");
  const tag = tagOf(payload);
  if (tag !== "Object") refuse(`This is of the class ${tag}, not a message. Hand on its text or its bytes.`);
}

function nestsWithin(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return levels > 0 && Object.values(value).every((member) => nestsWithin(member, levels - 1));
}
