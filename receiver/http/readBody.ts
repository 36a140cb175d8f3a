import type { Timer } from "../../provider/api/clock";
import { CallbackError } from "../callbackError";

/**
 * How many bytes beyond the limit are read and discarded, so that the sender receives the response: most
 * senders send the whole body first.
 */
const DISCARDED = 8 * 1024 * 1024;

/** How large a body may be, and how long it may take. */
export interface BodyLimits {
  bodyLimit: number;
  timeoutMs: number;
  timer: Timer;
}

/**
 * The text of a body that comes in chunks. No more than `bodyLimit` bytes of it are kept.
 *
 * @throws CallbackError `body_too_large`, `body_timeout`, or `body_unavailable` where reading fails
 */
export async function readBody(
  chunks: AsyncIterable<Uint8Array>,
  { bodyLimit, timeoutMs, timer }: BodyLimits,
): Promise<string> {
  let cancel = (): void => {};
  const late = new Promise<never>((_, reject) => {
    const message = `The body was not there within ${timeoutMs} ms.`;
    cancel = timer(timeoutMs, () => reject(new CallbackError("body_timeout", message)));
  });
  try {
    // What is late is not cut off here: it ends with its connection, and is bounded until then.
    return await Promise.race([readAll(chunks, bodyLimit), late]);
  } finally {
    cancel();
  }
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
