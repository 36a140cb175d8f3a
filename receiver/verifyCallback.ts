import { timingSafeEqual } from "node:crypto";
import { SIGNATURE_VALIDITY_SECONDS } from "../provider/api/contract/events";
import { CallbackError } from "./callbackError";
import { type CallbackBody, type CallbackPayload, readPayload } from "./callbackPayload";
import { signCallback } from "./signCallback";
import { checkedVerification, type Verification, type VerifyOptions } from "./verification";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === "";

/**
 * Checks that a message was signed with the template's key and that its signature has not expired. Returns when it is
 * genuine, throws when it is not.
 *
 * It checks what the cloud signs, and that is `t` alone. Whoever sees one message can alter its body, or send others,
 * until `t` and the leeway have passed. So: take callbacks over HTTPS only, keep their URL and their bodies out of
 * logs, and treat an event as news to act on, not as proof: where money or access depends on it, ask the API
 * (`DescribeLiveStreamState`, `DescribeMediaInfos`). A parsed body serves as well as the raw one, for the same reason.
 *
 * @param body the message: its text, its bytes, or the object that a framework parsed
 * @throws CallbackError `missing_signature`, `invalid_signature`, `signature_expired`, `signature_too_new`,
 *   `invalid_json`, `invalid_event`; `invalid_configuration` for options that are wrong
 * @example
 * ```ts
 * verifyCallback(body, { key: [newKey, oldKey] });
 * const event = parseCallback(body);
 * ```
 * @see https://www.tencentcloud.com/document/product/267/38081
 */
export function verifyCallback(body: CallbackBody, options: VerifyOptions): void {
  const verification = checkedVerification(options);
  verifyPayload(readPayload(body), verification);
}

/** The same for a message that was parsed and options that were checked. */
export function verifyPayload({ t, sign }: CallbackPayload, verification: Verification): void {
  if (verification.keys.length === 0) return;
  if (isAbsent(t) && isAbsent(sign) && verification.allowUnsigned) return;
  const missing = [...(isAbsent(t) ? ["t"] : []), ...(isAbsent(sign) ? ["sign"] : [])];
  if (missing.length > 0)
    throw new CallbackError("missing_signature", `The message is not signed: it has no ${missing.join(" and no ")}.`);
  const expiry = decimalTime(t);
  if (!signedByAny(verification.keys, expiry, sign))
    throw new CallbackError("invalid_signature", "The signature does not match. Is this the template's callback key?");
  checkTime(Number(expiry), verification);
}

/** `t` as it was signed. Sent as a number; text is taken too, since the type is documented but not certain. */
function decimalTime(t: unknown): string {
  const text = String(t);
  if (!/^[1-9]\d{0,14}$/.test(text) || (typeof t !== "number" && typeof t !== "string"))
    throw new CallbackError("invalid_signature", "t is not a time in UNIX seconds.");
  return text;
}

/** Every key is tried, and each comparison takes the same time wherever the first difference is. */
function signedByAny(keys: readonly string[], expiry: string, sign: unknown): boolean {
  if (typeof sign !== "string" || !/^[0-9a-f]{32}$/.test(sign)) return false;
  const matches = keys.map((key) => timingSafeEqual(bytes(signCallback(key, expiry)), bytes(sign)));
  return matches.includes(true);
}

function checkTime(expiry: number, { clock, leewaySeconds }: Verification): void {
  const now = Math.floor(clock() / 1000);
  if (now > expiry + leewaySeconds)
    throw new CallbackError(
      "signature_expired",
      `The signature expired ${now - expiry} s ago; ${leewaySeconds} s are allowed.`,
    );
  if (expiry > now + SIGNATURE_VALIDITY_SECONDS + leewaySeconds)
    throw new CallbackError(
      "signature_too_new",
      `The signature expires in ${expiry - now} s; the cloud sets ${SIGNATURE_VALIDITY_SECONDS} s, and ${leewaySeconds} s are allowed on top. Is the clock right?`,
    );
}
