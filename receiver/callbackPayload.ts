import { CallbackError } from "./callbackError";

/** A message as it was sent: every field, in the cloud's own spelling. */
export type CallbackPayload = Readonly<Record<string, unknown>>;

/**
 * A message as a caller may have it: its text, the bytes of its text, or the object that a framework parsed.
 */
export type CallbackBody = string | Uint8Array | CallbackPayload;

/** Documented messages nest 6 levels. The limit keeps recursive functions from overflowing the stack. */
const MAX_DEPTH = 32;

/** Reads a message in any of its forms. @throws CallbackError `invalid_json` or `invalid_event` */
export function readPayload(body: unknown): CallbackPayload {
  const payload = typeof body === "string" || body instanceof Uint8Array ? parse(body) : body;
  if (typeof payload !== "object" || payload === null || Array.isArray(payload))
    throw new CallbackError("invalid_json", "The body must be a JSON object.");
  if (!nestsWithin(payload, MAX_DEPTH))
    throw new CallbackError("invalid_event", `The body nests more than ${MAX_DEPTH} levels.`);
  return payload as CallbackPayload;
}

function parse(body: string | Uint8Array): unknown {
  // A text that came from a file may begin with a byte-order mark; the decoder drops that of bytes.
  const text = typeof body === "string" ? body.replace(/^\uFEFF/, "") : new TextDecoder().decode(body);
  if (text.trim() === "") throw new CallbackError("invalid_json", "The body is empty.");
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own error is not the cause: it quotes the body, which may hold the push secret.
    throw new CallbackError("invalid_json", "The body is not valid JSON.");
  }
}

function nestsWithin(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return levels > 0 && Object.values(value).every((member) => nestsWithin(member, levels - 1));
}
