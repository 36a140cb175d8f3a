import { CALLBACK_EVENT_NAMES, CALLBACK_EVENTS, type CallbackEventName } from "../provider/api/contract/events";
import { UsageError } from "./commandLine";

/** The environment variable with the callback key. An option would show the key in the process list. */
export const KEY_VARIABLE = "TENCENTCLOUD_LIVE_CALLBACK_KEY";

/**
 * Returns the keys of `--key`, or else the key from the environment without the line end that secret stores
 * often add.
 */
export function callbackKeys(
  given: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): string[] {
  if (given.includes("")) throw new UsageError("--key must not be empty");
  const fromEnvironment = environment[KEY_VARIABLE]?.trim();
  return given.length > 0 ? [...given] : fromEnvironment ? [fromEnvironment] : [];
}

/** Requires a key or `--unsigned`, so that a missing key never means an unsigned message. */
export function checkKeyChoice(keys: readonly string[], unsigned: boolean): void {
  if (keys.length === 0 && !unsigned) {
    throw new UsageError(`set ${KEY_VARIABLE} or --key, or use --unsigned for a template without a key`);
  }
}

/** Reads the name of an event. */
export function eventName(option: string, text: string): CallbackEventName {
  if (Object.hasOwn(CALLBACK_EVENTS, text)) return text as CallbackEventName;
  throw new UsageError(`--${option} must be one of ${CALLBACK_EVENT_NAMES.join(", ")}`);
}

/** Reads the URL of a receiver. */
export function receiverUrl(option: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new UsageError(`--${option} takes an http: or https: URL, for example http://127.0.0.1:3000/live`);
}

/** Reads a whole number from 0 to `most`. */
export function wholeNumber(option: string, text: string, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value <= most) return value;
  throw new UsageError(`--${option} takes a whole number from 0 to ${most}; got "${text}"`);
}

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/**
 * Reads a time with its zone, or an age relative to `now`, for example `90s`, `30m`, `12h` or `14d`.
 *
 * @returns milliseconds since 1970
 */
export function timeOrAge(option: string, text: string, now: number): number {
  const [, number, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  if (number && unit) return now - Number(number) * UNITS[unit as keyof typeof UNITS];
  const time = TIME.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  throw new UsageError(`--${option} takes 90s, 30m, 12h, 14d or a time like 2025-01-02T03:04:05Z; got "${text}"`);
}
