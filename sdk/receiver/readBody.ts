import { CallbackError } from "./callbackError";

/** How much more than the limit is read and thrown away, so that the sender hears the answer: most send all first. */
const DISCARDED = 8 * 1024 * 1024;

/**
 * The text of a body that comes in chunks. No more than `limit` bytes of it are kept.
 *
 * @throws CallbackError `body_too_large`, or `body_unavailable` where reading fails
 */
export async function readBody(chunks: AsyncIterable<Uint8Array>, limit: number): Promise<string> {
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
