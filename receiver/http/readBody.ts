import { CallbackError } from "../callbackError";
import type { Deadline } from "../dispatch/deadline";

/**
 * How many bytes beyond the limit are read and discarded, so that the sender receives the response: most
 * senders send the whole body first.
 */
const DISCARDED = 8 * 1024 * 1024;

/**
 * The text of a body that comes in chunks. No more than `limit` bytes of it are kept.
 *
 * @throws CallbackError `body_too_large`, `body_timeout`, or `body_unavailable` where reading fails
 */
export function readBody(chunks: AsyncIterable<Uint8Array>, limit: number, deadline: Deadline): Promise<string> {
  const late = deadline.passed.then(() => {
    throw new CallbackError("body_timeout", `The body was not there within ${deadline.limitMs} ms.`);
  });
  // What is late is not cut off here: it ends with its connection, and is bounded until then.
  return Promise.race([readAll(chunks, limit), late]);
}

async function readAll(chunks: AsyncIterable<Uint8Array>, limit: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  try {
    for await (const chunk of chunks) {
      size += chunk.byteLength;
      if (size <= limit) text += decoder.decode(chunk, { stream: true });
      if (size > limit + DISCARDED) break;
    }
  } catch (cause) {
    throw new CallbackError("body_unavailable", "The body could not be read.", { cause });
  }
  if (size > limit) throw new CallbackError("body_too_large", `The body is larger than ${limit} bytes.`);
  return text + decoder.decode();
}
