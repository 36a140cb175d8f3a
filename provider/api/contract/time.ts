const BEIJING_OFFSET_MS = 8 * 60 * 60 * 1000;

/**
 * Formats a time in milliseconds since 1970 as Beijing time: `2018-09-12 15:52:01`, or
 * `2018-09-12T15:52:01+08:00`.
 */
export function beijingTime(ms: number, format: "plain" | "rfc3339"): string {
  const local = new Date(ms + BEIJING_OFFSET_MS).toISOString().slice(0, 19);
  return format === "plain" ? local.replace("T", " ") : `${local}+08:00`;
}

const PLAIN = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
const ZONED = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)$/;

/** Parses a time in one of the API's formats. Returns milliseconds since 1970; `NaN` for any other text. */
export function parseTime(text: string): number {
  if (PLAIN.test(text)) return Date.parse(`${text.replace(" ", "T")}+08:00`);
  return ZONED.test(text) ? Date.parse(text) : Number.NaN;
}

/**
 * Formats a time in milliseconds since 1970 like another text: UTC with `Z`, else Beijing time with or
 * without its offset.
 */
export function formatLike(text: string, ms: number): string {
  if (text.endsWith("Z")) return `${new Date(ms).toISOString().slice(0, 19)}Z`;
  return beijingTime(ms, PLAIN.test(text) ? "plain" : "rfc3339");
}

/** Adds Beijing's offset to a time of the API that has none. */
export function withOffset(time: string): string {
  return PLAIN.test(time) ? `${time.replace(" ", "T")}+08:00` : time;
}
