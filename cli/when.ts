import { UsageError } from "./commandLine";

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/**
 * The time that a flag means, in milliseconds since 1970: a time with its zone, or how long before `now`: `90s`, `30m`,
 * `12h`, `14d`.
 */
export function parseWhen(name: string, text: string, now: number): number {
  const [, number, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  if (number && unit) return now - Number(number) * UNITS[unit as keyof typeof UNITS];
  const time = TIME.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new UsageError(`--${name} takes 90s, 30m, 12h, 14d or a time like 2025-01-02T03:04:05Z; got "${text}"`);
  }
  return time;
}
