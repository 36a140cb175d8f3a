import { createHash } from "node:crypto";
import { SIGNATURE_VALIDITY_SECONDS } from "../../provider/api/contract/events";
import type { Payload } from "./payloads/occurrence";

/**
 * The payload with `t`, 10 minutes after `now`, and `sign`, the MD5 of key and `t`. Computed here and not by the
 * receiver's `signCallback`, so that an error in one of the two shows between them.
 *
 * @see https://www.tencentcloud.com/document/product/267/38081
 */
export function signedPayload(payload: Payload, key: string, now: number): Payload {
  const t = Math.floor(now / 1000) + SIGNATURE_VALIDITY_SECONDS;
  const sign = createHash("md5").update(`${key}${t}`).digest("hex");
  return { t, sign, ...payload };
}
