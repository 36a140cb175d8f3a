import { CallbackError } from "./callbackError";

/** A message as it was sent: every field, in the cloud's own spelling. */
export type CallbackPayload = Readonly<Record<string, unknown>>;

/** A message in any accepted form: its text, the bytes of its text, or the object that a framework parsed. */
export type CallbackBody = string | ArrayBuffer | ArrayBufferView | CallbackPayload;

/** A message whose JSON was parsed. */
export interface Message {
  /** The message as it was sent. JavaScript rounds its numbers beyond 2^53. */
  readonly payload: CallbackPayload;
  /** The same message. If its text was available, large integers are strings, which keep all digits. */
  readonly exact: CallbackPayload;
}

/** Documented messages nest 6 levels. The limit keeps recursive functions from overflowing the stack. */
const MAX_DEPTH = 32;

/**
 * Reads a message in any of its forms.
 *
 * @throws CallbackError `invalid_json` or `invalid_event`; `unsupported_encoding` for compressed bytes;
 *   `body_unavailable` if a form parser or an API gateway has transformed the message
 */
export function readMessage(body: unknown): Message {
  const text = typeof body === "string" ? body : isBytes(body) ? decoded(bytesOf(body)) : undefined;
  const message = text === undefined ? { payload: body, exact: body } : parse(text);
  const { payload } = message;
  if (typeof payload !== "object" || payload === null || Array.isArray(payload))
    throw new CallbackError("invalid_json", "The body must be a JSON object.");
  if (text === undefined) rejectWrapping(payload);
  if (!nestsWithin(payload, MAX_DEPTH))
    throw new CallbackError("invalid_event", `The body nests more than ${MAX_DEPTH} levels.`);
  return message as Message;
}

/** Whether a value is an `ArrayBuffer` or a view of one. */
export const isBytes = (value: unknown): value is ArrayBuffer | ArrayBufferView =>
  ArrayBuffer.isView(value) || tagOf(value) === "ArrayBuffer";

export const bytesOf = (bytes: ArrayBuffer | ArrayBufferView): Uint8Array =>
  ArrayBuffer.isView(bytes) ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) : new Uint8Array(bytes);

/** Returns the class name of a built-in object. Unlike `instanceof`, it works across realms. */
export const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

/** Whether bytes begin with the magic number of gzip. JSON cannot begin with it. */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

function decoded(bytes: Uint8Array): string {
  if (isGzip(bytes)) throw new CallbackError("unsupported_encoding", "The body is compressed with gzip: decode it.");
  return new TextDecoder().decode(bytes);
}

function parse(body: string): { payload: unknown; exact: unknown } {
  // Text from a file may begin with a byte-order mark. For bytes, the decoder removes it.
  const text = body.replace(/^\uFEFF/, "");
  if (text.trim() === "") throw new CallbackError("invalid_json", "The body is empty.");
  try {
    const payload: unknown = JSON.parse(text);
    return { payload, exact: mayHoldLargeNumber(text) ? JSON.parse(quoteLargeNumbers(text)) : payload };
  } catch {
    // The parser's error is not attached as the cause: it quotes the body, which may contain the push secret.
    throw new CallbackError("invalid_json", `The body is not valid JSON${hint(text)}.`);
  }
}

function hint(text: string): string {
  if (/^ey[\w+/]+=*\s*$/.test(text)) return ": it is base64, as sent by API gateways; decode it first";
  if (text.startsWith("\u001f")) return ": it is compressed, but was read as text";
  return "";
}

/** A number of 16 digits may exceed 2^53. A match inside a string only costs a second parse. */
const mayHoldLargeNumber = (text: string): boolean => /[:[,]\s*-?\d{16}/.test(text);

/** Matches every string and every number of valid JSON. */
const TEXTS_AND_NUMBERS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

const quoteLargeNumbers = (json: string): string =>
  json.replace(TEXTS_AND_NUMBERS, (token) => (/^-?\d{16,}$/.test(token) ? `"${token}"` : token));

/** Rejects a wrapped or transformed message with the actual reason: "not signed" would be misleading. */
function rejectWrapping(payload: object): void {
  if ("event_type" in payload) return;
  const reject = (message: string) => {
    throw new CallbackError("body_unavailable", message);
  };
  if (Object.keys(payload).some((name) => /^\s*\{/.test(name)))
    reject("A form parser has already parsed the body. Exclude the path of the callbacks from that parser.");
  if ("body" in payload && ["httpMethod", "requestContext", "isBase64Encoded"].some((name) => name in payload))
    reject("The message is wrapped in an API gateway event. Pass its body, decoded if isBase64Encoded is true.");
  const tag = tagOf(payload);
  if (tag !== "Object") reject(`The message is an object of class ${tag}. Pass its text or its bytes.`);
}

function nestsWithin(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return levels > 0 && Object.values(value).every((member) => nestsWithin(member, levels - 1));
}
