import { Agent } from "node:http";
import axios, { isAxiosError } from "axios";
import { own, type Words, words } from "../words";
import { type Clock, withTimeout } from "./clock";

/**
 * The time-out of a request, in milliseconds. Outside an instance there is no response, and a run without
 * credentials waits this long.
 */
const TIMEOUT_MS = 1_000;

/** Role names and keys are short. */
const MAX_RESPONSE_BYTES = 64 * 1024;

/** A value of the metadata of an instance, or the reason why there is none. */
export type Metadata = { text: string } | { missing: Words };

/**
 * Reads a value of the metadata of the instance. The request is plain HTTP within the instance's network,
 * without a signature; it goes through no proxy and follows no redirect.
 *
 * @see https://www.tencentcloud.com/document/product/213/4934
 */
export async function readMetadata(endpoint: URL, path: string, clock: Clock): Promise<Metadata> {
  const url = new URL(`/latest/meta-data/${path}`, endpoint);
  const options = {
    httpAgent: new Agent({ keepAlive: false }),
    proxy: false as const,
    maxRedirects: 0,
    maxContentLength: MAX_RESPONSE_BYTES,
    responseType: "text" as const,
    transformResponse: [(data: string) => data],
    validateStatus: () => true,
  };
  try {
    const get = (signal: AbortSignal) => axios.get<string>(url.href, { ...options, signal });
    const { status, data } = await withTimeout(clock, TIMEOUT_MS, get);
    return status === 200
      ? { text: data }
      : { missing: words`${endpoint.origin} responded with HTTP status ${status}` };
  } catch (error) {
    const code = (isAxiosError(error) && error.code) || "unknown";
    const why =
      code === "ERR_CANCELED" ? `did not respond within ${TIMEOUT_MS / 1000} s` : `cannot be reached (${code})`;
    return { missing: words`${endpoint.origin} ${own(why)}` };
  }
}
