import { createHash } from "node:crypto";
import { CallbackError } from "./callbackError";

/**
 * The `sign` of a callback: the lower-case hexadecimal MD5 of the key followed by `t` in decimal, with nothing between.
 *
 * The signature covers nothing else. The body can be altered, and any body sent under the same pair of `t` and `sign`,
 * by whoever sees one message.
 *
 * @param key the callback key of the template
 * @param t when the signature expires, in UNIX seconds; the cloud sets it 600 s after the event
 * @throws CallbackError `invalid_configuration` for an empty key
 * @example
 * ```ts
 * const t = Math.floor(Date.now() / 1000) + 600;
 * const body = JSON.stringify({ ...payload, t, sign: signCallback(key, t) });
 * ```
 * @see https://www.tencentcloud.com/document/product/267/38081
 */
export function signCallback(key: string, t: number | string): string {
  if (key === "") throw new CallbackError("invalid_configuration", "The callback key is empty.");
  return createHash("md5").update(`${key}${t}`).digest("hex");
}
