import { type PostResponse, post } from "../emulator/events/post";
import { CALLBACK_EVENTS, CALLBACK_TIMEOUT_MS, SIGNATURE_VALIDITY_SECONDS } from "../provider/api/contract/events";
import { withoutUrlSecrets } from "../provider/redaction";
import { parseCallback, signCallback } from "../receiver";
import { readMessage } from "../receiver/callbackPayload";
import type { DeliveryRecord } from "./callbackRecords";
import { oneLine, type Terminal, textTable } from "./command";

/** The receiver of undelivered callbacks. */
export interface Target {
  url: URL;
  /** The callback key. Without it, messages are not signed. */
  key: string | undefined;
}

/** An undelivered callback, and the result of sending it again. */
export interface Resent {
  time: string;
  event: string;
  /** The response had status 200. */
  ok: boolean;
  status?: number | undefined;
  /** Why it was not sent, or not received. */
  reason?: string | undefined;
}

/** Returns the latest attempt of each event whose attempts all failed. */
export function undelivered(records: readonly DeliveryRecord[]): DeliveryRecord[] {
  const delivered = new Set(records.filter(({ ok }) => ok).map(identityOf));
  const failed = records.filter((record) => !record.ok && !delivered.has(identityOf(record)));
  return [...new Map(failed.map((record) => [identityOf(record), record])).values()];
}

/** Returns an id that all attempts of an event share. An unreadable request counts as a separate event. */
function identityOf(record: DeliveryRecord): string {
  try {
    return parseCallback(contentOf(record)).id;
  } catch {
    return [record.eventType, record.time, record.request].join("\n");
  }
}

/** Returns the message in the text of a request: `url=…, content={…}`. */
const contentOf = ({ request }: DeliveryRecord): string => /\bcontent=(\{.*)$/s.exec(request)?.[1] ?? request;

const NOT_RESTORED = "not sent: the record does not contain the exact message";

/** Sends callbacks again one at a time, in the order of the record. */
export async function resend(
  records: readonly DeliveryRecord[],
  target: Target,
  terminal: Terminal,
): Promise<Resent[]> {
  const resent: Resent[] = [];
  for (const record of records) {
    const { time, event } = record;
    const body = signedAnew(contentOf(record), target.key, terminal.clock.now());
    if (body === undefined) resent.push({ time, event, ok: false, reason: NOT_RESTORED });
    else resent.push({ time, event, ...outcomeOf(await post(target.url, body, postOptions(terminal))) });
  }
  return resent;
}

const postOptions = ({ clock }: Terminal) =>
  ({ contentType: "application/json", timeoutMs: CALLBACK_TIMEOUT_MS, timer: clock.timer }) as const;

const outcomeOf = ({ status, failure }: PostResponse): Pick<Resent, "ok" | "status" | "reason"> =>
  status === 200 ? { ok: true, status } : { ok: false, status, reason: failure ?? `status ${status}` };

/**
 * Returns the message with a new signature, or `undefined` if the text does not contain the exact message.
 */
function signedAnew(content: string, key: string | undefined, now: number): string | undefined {
  try {
    parseCallback(content);
    const { payload, exact } = readMessage(content);
    // A rounded number could make it a different event.
    if (JSON.stringify(payload) !== JSON.stringify(exact)) return undefined;
    const { t: _t, sign: _sign, ...message } = payload;
    const t = Math.floor(now / 1000) + SIGNATURE_VALIDITY_SECONDS;
    return JSON.stringify(key === undefined ? message : { ...message, t, sign: signCallback(key, t) });
  } catch {
    return undefined;
  }
}

const RECORDED = Object.values(CALLBACK_EVENTS).filter(({ recordFilter }) => recordFilter);

/** The limits of a resend, for the report. */
export const LIMITS = `The record covers one stream and 14 days. It is documented to contain the events ${RECORDED.map(
  ({ eventType }) => eventType,
)
  .sort((a, b) => a - b)
  .join(", ")};
other events, and the headers of requests, may be lost.`;

export function resendReport(resent: readonly Resent[], { url }: Target): string {
  const received = resent.filter(({ ok }) => ok).length;
  const rows = resent.map(({ time, event, ok, reason = "" }) => [time, event, ok ? "received" : oneLine(reason)]);
  const table = resent.length > 0 ? [textTable([["TIME", "EVENT", "RESULT"], ...rows])] : [];
  const total = `${received} of ${resent.length} undelivered callbacks were received by ${withoutUrlSecrets(url.href)}.`;
  return [...table, total, LIMITS].join("\n");
}
