import { SIGNATURE_VALIDITY_SECONDS } from "../provider/api/contract/events";
import { CallbackError } from "./callbackError";
import { type CallbackBody, type CallbackPayload, readMessage } from "./callbackPayload";
import { md5 } from "./digests";

/** The options of {@link verifyCallback}. */
export interface VerifyOptions {
  /**
   * The callback key of the template, or several keys during a rotation: a signature with any of them is
   * accepted. Required, unless `allowUnsigned` is set.
   *
   * To rotate without losing an event: add the new key here, change it in the template, wait 10 minutes until
   * the change takes effect and then for the retries of older events, and remove the old key.
   */
  key?: string | readonly string[] | undefined;
  /**
   * Accepts messages that have neither `t` nor `sign`, as the cloud sends them for a template without a key.
   * Together with `key`, a signature must still be correct if there is one, but a forger can leave it out.
   *
   * @default false
   */
  allowUnsigned?: boolean | undefined;
  /**
   * How many seconds after `t` a message is still accepted, and how many seconds the local clock may be
   * behind. The cloud sets `t` to 10 minutes after the event and sends the event up to 12 more times, a
   * minute (plus an attempt of up to 20 s) apart, so that the last copy comes about 16 minutes after the
   * event. It is not documented whether copies have a new `t`; the default accepts them either way.
   *
   * @default 600
   */
  leewaySeconds?: number | undefined;
  /** The time in milliseconds since 1970. @default Date.now */
  clock?: (() => number) | undefined;
}

/**
 * Returns the `sign` of a callback: the lower-case hexadecimal MD5 of the key followed directly by `t` in
 * decimal.
 *
 * The signature covers nothing else. An attacker who sees one message can alter its body, and can send any
 * body with the same `t` and `sign`.
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
 * Checks that a message was signed with the template's key and that its signature has not expired. Returns if
 * it is genuine, throws if it is not.
 *
 * The cloud signs only `t`. An attacker who sees one message can alter its body, or send others, until `t`
 * and the leeway have passed. Therefore, receive callbacks over HTTPS only, and keep their URL and their
 * bodies out of logs. Treat an event as a notification, not as proof: if money or access depends on it, check
 * it with the API (`DescribeLiveStreamState`, `DescribeMediaInfos`). For the same reason, a parsed body is as
 * good as the raw one.
 *
 * @param body the message: its text, its bytes, or the object that a framework parsed
 * @throws CallbackError `missing_signature`, `invalid_signature`, `signature_expired`, `signature_too_new`,
 *   `invalid_json`, `invalid_event`, `unsupported_encoding`, `body_unavailable`; `invalid_configuration` for
 *   invalid options
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

/** The checked options. */
export interface Verification {
  keys: readonly string[];
  allowUnsigned: boolean;
  leewaySeconds: number;
  clock: () => number;
}

/**
 * Checks the options.
 *
 * @throws CallbackError `invalid_configuration` if the key is missing, empty or not trimmed, or if the leeway
 *   is not a number
 */
export function checkedVerification(options: VerifyOptions): Verification {
  const { key, allowUnsigned = false, leewaySeconds = 600, clock = Date.now } = options;
  const keys = key === undefined ? [] : typeof key === "string" ? [key] : [...key];
  const missing = key === undefined ? !allowUnsigned : keys.length === 0;
  if (missing)
    throw new CallbackError("invalid_configuration", "Pass the template's callback key, or set allowUnsigned: true.");
  if (keys.some((one) => typeof one !== "string" || one === ""))
    throw new CallbackError("invalid_configuration", "A callback key is empty. Is its environment variable set?");
  if (keys.some((one) => one !== one.trim()))
    throw new CallbackError("invalid_configuration", "A callback key has white space at its start or end. Trim it.");
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

/** Verifies a parsed message with checked options. */
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
 * Returns `t` as it was signed. The cloud documents a number; text is also accepted, because the type is not
 * certain.
 */
function decimalTime(t: unknown): string {
  const text = String(t);
  if (!/^[1-9]\d{0,14}$/.test(text) || (typeof t !== "number" && typeof t !== "string"))
    throw new CallbackError("invalid_signature", "t is not a time in UNIX seconds.");
  return text;
}

/** Tries every key. The time does not depend on the position of the first difference. */
function signedByAny(keys: readonly string[], expiry: string, sign: unknown): boolean {
  if (typeof sign !== "string" || !/^[0-9a-f]{32}$/.test(sign)) return false;
  const matches = keys.map((key) => equalTexts(signCallback(key, expiry), sign));
  return matches.includes(true);
}

/** Compares texts of equal length. The time does not depend on where they differ. */
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
      `The signature expires in ${expiry - now} s, but the cloud sets ${SIGNATURE_VALIDITY_SECONDS} s, ` +
        `and the leeway is ${leewaySeconds} s. Is the clock right?`,
    );
}
