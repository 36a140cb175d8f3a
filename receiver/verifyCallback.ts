import { SIGNATURE_VALIDITY_SECONDS } from "../provider/api/contract/events";
import { CallbackError } from "./callbackError";
import { type CallbackBody, type CallbackPayload, readMessage } from "./callbackPayload";
import { md5 } from "./digests";

/** What {@link verifyCallback} checks a message against. */
export interface VerifyOptions {
  /**
   * The callback key of the template, or several while it is being rotated: a message that fits any of them
   * is accepted. Required, unless `allowUnsigned` is set.
   *
   * To rotate without losing an event: add the new key here, change it in the template, wait for the 10
   * minutes that the change takes and for the retries of older events, then remove the old key.
   */
  key?: string | readonly string[] | undefined;
  /**
   * Accepts messages that carry neither `t` nor `sign`, as the cloud sends them for a template without a key.
   * Together with `key`, a message that carries a signature must still have the right one; but anyone can
   * leave it out.
   *
   * @default false
   */
  allowUnsigned?: boolean | undefined;
  /**
   * How long after `t` a message is still accepted, in seconds; and by how much the clocks may differ for one
   * that is early. The cloud sets `t` 10 minutes after the event and sends an event up to 12 times more, a
   * minute (and an attempt of up to 20 s) apart, so that the last copy comes about 16 minutes after the
   * event. Whether it renews `t` then is not documented; the default accepts that copy either way.
   *
   * @default 600
   */
  leewaySeconds?: number | undefined;
  /** The time in milliseconds since 1970. @default Date.now */
  clock?: (() => number) | undefined;
}

/**
 * The `sign` of a callback: the lower-case hexadecimal MD5 of the key followed by `t` in decimal, with
 * nothing between.
 *
 * The signature covers nothing else. The body can be altered, and any body sent under the same pair of `t`
 * and `sign`, by whoever sees one message.
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
  return md5(`${key}${t}`);
}

/**
 * Checks that a message was signed with the template's key and that its signature has not expired. Returns
 * when it is genuine, throws when it is not.
 *
 * It checks what the cloud signs, and that is `t` alone. Whoever sees one message can alter its body, or send
 * others, until `t` and the leeway have passed. So: take callbacks over HTTPS only, keep their URL and their
 * bodies out of logs, and treat an event as a notification, not as proof: where money or access depends on
 * it, ask the API (`DescribeLiveStreamState`, `DescribeMediaInfos`). A parsed body serves as well as the raw
 * one, for the same reason.
 *
 * @param body the message: its text, its bytes, or the object that a framework parsed
 * @throws CallbackError `missing_signature`, `invalid_signature`, `signature_expired`, `signature_too_new`,
 *   `invalid_json`, `invalid_event`, `unsupported_encoding`, `body_unavailable`; `invalid_configuration` for
 *   options that are wrong
 * @example
 * ```ts
 * verifyCallback(body, { key: [newKey, oldKey] });
 * const event = parseCallback(body);
 * ```
 * @see https://www.tencentcloud.com/document/product/267/38081
 */
export function verifyCallback(body: CallbackBody, options: VerifyOptions): void {
  const verification = checkedVerification(options);
  verifyPayload(readMessage(body).payload, verification);
}

/** Options after their check, which are used for every message. */
export interface Verification {
  keys: readonly string[];
  allowUnsigned: boolean;
  leewaySeconds: number;
  clock: () => number;
}

/**
 * Checks the options.
 *
 * @throws CallbackError `invalid_configuration`: no key, one that is empty or not trimmed, or a leeway that
 * is not a number
 */
export function checkedVerification(options: VerifyOptions): Verification {
  const { key, allowUnsigned = false, leewaySeconds = 600, clock = Date.now } = options;
  const keys = key === undefined ? [] : typeof key === "string" ? [key] : [...key];
  const missing = key === undefined ? !allowUnsigned : keys.length === 0;
  if (missing)
    throw new CallbackError("invalid_configuration", "Give the template's callback key, or set allowUnsigned: true.");
  if (keys.some((one) => typeof one !== "string" || one === ""))
    throw new CallbackError("invalid_configuration", "A callback key is empty. Is its environment variable set?");
  if (keys.some((one) => one !== one.trim()))
    throw new CallbackError("invalid_configuration", "A callback key has white space around it, perhaps a line end.");
  return { keys, allowUnsigned, leewaySeconds: checkedNumber("leewaySeconds", leewaySeconds, 0), clock };
}

/**
 * Checks a number against its limits. `NaN` is rejected too: every comparison with it is false, so a limit
 * would have no effect.
 *
 * @throws CallbackError `invalid_configuration`
 */
export function checkedNumber(name: string, value: number, min: number, max = Number.MAX_SAFE_INTEGER): number {
  if (typeof value === "number" && value >= min && value <= max) return value;
  throw new CallbackError("invalid_configuration", `${name} must be a number from ${min} to ${max}.`);
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === "";

/** Verifies a message that was parsed, with options that were checked. */
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

/**
 * Returns `t` as it was signed. The cloud sends a number; text is accepted too, since the type is documented
 * but not certain.
 */
function decimalTime(t: unknown): string {
  const text = String(t);
  if (!/^[1-9]\d{0,14}$/.test(text) || (typeof t !== "number" && typeof t !== "string"))
    throw new CallbackError("invalid_signature", "t is not a time in UNIX seconds.");
  return text;
}

/** Tries every key, in a time that does not depend on where the first difference is. */
function signedByAny(keys: readonly string[], expiry: string, sign: unknown): boolean {
  if (typeof sign !== "string" || !/^[0-9a-f]{32}$/.test(sign)) return false;
  const matches = keys.map((key) => equalTexts(signCallback(key, expiry), sign));
  return matches.includes(true);
}

/** Compares texts of one length, in a time that does not depend on where they differ. */
function equalTexts(one: string, other: string): boolean {
  let difference = 0;
  for (let index = 0; index < one.length; index++) difference |= one.charCodeAt(index) ^ other.charCodeAt(index);
  return difference === 0;
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
