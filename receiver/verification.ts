import { CallbackError } from "./callbackError";

/** What {@link verifyCallback} checks a message against. */
export interface VerifyOptions {
  /**
   * The callback key of the template, or several while it is being rotated: a message that fits any of them is
   * accepted. Required, unless `allowUnsigned` is set.
   *
   * To rotate without losing an event: add the new key here, change it in the template, wait for the 10 minutes that
   * the change takes and for the retries of older events, then remove the old key.
   */
  key?: string | readonly string[];
  /**
   * Accepts messages that carry neither `t` nor `sign`, as the cloud sends them for a template without a key. Together
   * with `key`, a message that carries a signature must still have the right one; but anyone can leave it out.
   *
   * @default false
   */
  allowUnsigned?: boolean;
  /**
   * How long after `t` a message is still accepted, in seconds; and by how much the clocks may differ for one that is
   * early. The cloud sets `t` 10 minutes after the event and sends an event up to 12 times more, a minute (and an
   * attempt of up to 20 s) apart, so that the last copy comes about 16 minutes after the event. Whether it renews `t`
   * then is not documented; the default accepts that copy either way.
   *
   * @default 600
   */
  leewaySeconds?: number;
  /** The time in milliseconds since 1970. @default Date.now */
  clock?: () => number;
}

/** Options that were checked once, for every message. */
export interface Verification {
  keys: readonly string[];
  allowUnsigned: boolean;
  leewaySeconds: number;
  clock: () => number;
}

/** @throws CallbackError `invalid_configuration`: no key, one that is empty or not trimmed, or a leeway that is no number */
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

/** Refuses `NaN` above all: every comparison with it is false, so that a limit would silently not hold. */
export function checkedNumber(name: string, value: number, least: number, most = Number.MAX_SAFE_INTEGER): number {
  if (typeof value === "number" && value >= least && value <= most) return value;
  throw new CallbackError("invalid_configuration", `${name} must be a number from ${least} to ${most}.`);
}
