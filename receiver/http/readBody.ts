import { CallbackError } from "../callbackError";
import { bytesOf, isBytes, isGzip, tagOf } from "../callbackPayload";
import type { Deadline } from "../dispatch/deadline";

/**
 * How many bytes beyond the limit are read and discarded, so that the sender receives the response: most
 * senders send the whole body first.
 */
const DISCARDED = 8 * 1024 * 1024;

/** How a body is read. */
export interface BodyOptions {
  /** The `Content-Encoding` of the request. */
  encoding: string | undefined;
  /** How many bytes are kept, as they come and after they are decoded. */
  limit: number;
  deadline: Deadline;
}

/**
 * Reads a body that is a stream or a `Blob`, and decodes gzip in any form. Any other body is returned
 * unchanged.
 *
 * @throws CallbackError `body_too_large`, `body_timeout`, `unsupported_encoding`, `invalid_encoding`, or
 *   `body_unavailable` if reading fails
 */
export async function readBody(body: unknown, { encoding, limit, deadline }: BodyOptions): Promise<unknown> {
  const stream = isBlob(body) ? body.stream() : isStream(body) ? body : undefined;
  if (stream) rejectUnsupported(encoding);
  const content = stream ? await inTime(deadline, read(stream, limit)) : body;
  if (!isBytes(content)) return content;
  const bytes = bytesOf(content);
  if (isGzip(bytes)) return inTime(deadline, gunzip(bytes, limit));
  if (!mayBeText(bytes)) rejectUnsupported(encoding);
  return bytes;
}

/** Whether bytes may be a JSON object: they begin with `{`, white space or a byte-order mark. */
const mayBeText = ([first = 0x20]: Uint8Array): boolean => /[{\s\u00ef]/.test(String.fromCharCode(first));

const isStream = (body: unknown): body is AsyncIterable<unknown> =>
  typeof body === "object" && body !== null && Symbol.asyncIterator in body;

const isBlob = (body: unknown): body is { stream(): AsyncIterable<unknown> } => ["Blob", "File"].includes(tagOf(body));

/**
 * Rejects an encoding other than gzip. Whether a body is gzip is detected from its bytes: a proxy may have
 * decoded the body and kept the header.
 */
function rejectUnsupported(encoding = "identity"): void {
  if (["identity", "gzip", "x-gzip", ""].includes(encoding.trim().toLowerCase())) return;
  const name = JSON.stringify(encoding.slice(0, 40));
  throw new CallbackError("unsupported_encoding", `The body is encoded as ${name}; only gzip is decoded.`);
}

function inTime<T>(deadline: Deadline, reading: Promise<T>): Promise<T> {
  const late = deadline.passed.then(() => {
    throw new CallbackError("body_timeout", `The body did not arrive within ${deadline.limitMs} ms.`);
  });
  // A late read is not cancelled: it ends with its connection, and its memory is bounded until then.
  return Promise.race([reading, late]);
}

async function read(stream: AsyncIterable<unknown>, limit: number): Promise<string | Uint8Array> {
  const body = new BoundedBody(limit);
  try {
    for await (const chunk of stream) {
      body.add(chunk);
      if (body.size > limit + DISCARDED) break;
    }
  } catch (cause) {
    if (cause instanceof CallbackError) throw cause;
    throw new CallbackError("body_unavailable", "The body could not be read.", { cause });
  }
  return body.content();
}

async function gunzip(compressed: Uint8Array, limit: number): Promise<string | Uint8Array> {
  const body = new BoundedBody(limit);
  try {
    const stream = new Blob([compressed]).stream().pipeThrough(new DecompressionStream("gzip"));
    for await (const chunk of stream as AsyncIterable<unknown>) {
      body.add(chunk);
      // A small body can decode to any size, so decoding stops here.
      if (body.size > limit) break;
    }
  } catch {
    throw new CallbackError("invalid_encoding", "The body is not valid gzip.");
  }
  return body.content();
}

/** Collects chunks of text or bytes, and keeps no more than a limit. */
class BoundedBody {
  /** In bytes, including discarded chunks. */
  size = 0;
  readonly #limit: number;
  #chunks: (string | Uint8Array)[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(chunk: unknown): void {
    if (typeof chunk !== "string" && !isBytes(chunk))
      throw new CallbackError("body_unavailable", `The stream has chunks of type ${typeof chunk}, not text or bytes.`);
    this.size += typeof chunk === "string" ? encode(chunk).byteLength : chunk.byteLength;
    if (this.size <= this.#limit) this.#chunks.push(typeof chunk === "string" ? chunk : bytesOf(chunk));
    else this.#chunks = [];
  }

  /** @throws CallbackError `body_too_large` */
  content(): string | Uint8Array {
    if (this.size > this.#limit)
      throw new CallbackError("body_too_large", `The body is larger than ${this.#limit} bytes.`);
    // Text is joined before it is encoded: a chunk may end within a character.
    if (this.#chunks.every((chunk) => typeof chunk === "string")) return this.#chunks.join("");
    return joined(this.#chunks.map((chunk) => (typeof chunk === "string" ? encode(chunk) : chunk)));
  }
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const [first] = chunks;
  if (first && chunks.length === 1) return first;
  const all = new Uint8Array(chunks.reduce((size, { byteLength }) => size + byteLength, 0));
  let end = 0;
  for (const chunk of chunks) {
    all.set(chunk, end);
    end += chunk.byteLength;
  }
  return all;
}
