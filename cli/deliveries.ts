import { type EventName, eventKinds, eventNames } from "../emulator/events/payloads";
import type { CallbackEventInfo } from "../provider/api/contract/live";
import { parseTime } from "../provider/api/contract/time";
import { callbackRecords } from "./callbackRecords";
import { cloud } from "./cloud";
import { parseFlags, required, UsageError } from "./commandLine";
import { table } from "./table";
import { OK, oneLine, type Terminal } from "./terminal";
import { usages } from "./usage";
import { parseWhen } from "./when";

const KEPT_MS = 14 * 86_400_000;
/** How far inside the 14 days a query begins, so that it is still inside when it arrives. */
const MARGIN_MS = 60_000;
/** The events by which the API is documented to filter. The others are picked here. */
const FILTERED = [0, 1, 100, 200];

const flags = {
  stream: { type: "string" },
  since: { type: "string" },
  until: { type: "string" },
  event: { type: "string" },
  failed: { type: "boolean" },
  json: { type: "boolean" },
} as const;

interface Choices {
  stream: string;
  since: number;
  until: number;
  event: EventName | undefined;
  failed: boolean;
  json: boolean;
}

/** Prints what the cloud delivered for a stream. Resolves with the exit code. */
export async function deliveries(args: string[], terminal: Terminal): Promise<number> {
  const choices = userChoices(args, terminal);
  if (choices === "help") {
    terminal.print(usages.deliveries);
    return OK;
  }
  const { stream, since, until, event, failed, json } = choices;
  const wanted = event && eventKinds[event].eventType;
  const eventType = wanted !== undefined && FILTERED.includes(wanted) ? wanted : undefined;
  const { client, budget } = cloud(terminal);
  const found = (await callbackRecords(client, { stream, since, until, eventType }, budget))
    .map(readRecord)
    .filter((record) => (wanted === undefined || record.eventType === wanted) && !(failed && record.ok))
    .sort((a, b) => compare(a.time, b.time) || compare(a.answeredAt, b.answeredAt));
  const [from, to] = [new Date(since).toISOString(), new Date(until).toISOString()];
  terminal.print(
    json ? JSON.stringify({ stream, since: from, until: to, deliveries: found }) : report(found, choices, from),
  );
  return OK;
}

function userChoices(args: string[], { now: clock }: Terminal): Choices | "help" {
  const { values } = parseFlags(args, flags);
  if (values.help) return "help";
  const now = clock();
  const since = parseWhen("since", values.since ?? "1h", now);
  const until = values.until === undefined ? now : parseWhen("until", values.until, now);
  if (since < now - KEPT_MS) throw new UsageError("--since is at most 14 days ago: the cloud keeps no more");
  if (since > until) throw new UsageError("--since must be before --until");
  const { event } = values;
  if (event !== undefined && !Object.hasOwn(eventKinds, event)) {
    throw new UsageError(`--event is one of ${eventNames.join(", ")}`);
  }
  return {
    stream: required("stream", values.stream),
    since: Math.max(since, now - KEPT_MS + MARGIN_MS),
    until,
    event: event as EventName | undefined,
    failed: values.failed ?? false,
    json: values.json ?? false,
  };
}

/** One attempt of the cloud to call back. */
interface DeliveryRecord {
  /** When the event happened, ISO 8601. */
  time: string;
  event: EventName | "unknown";
  eventType: number | undefined;
  ok: boolean;
  /** 0 is success; the meaning of others is not documented. */
  resultCode: number | undefined;
  /** When the answer came or was given up, ISO 8601. */
  answeredAt: string;
  request: string;
  response: string;
}

function readRecord(info: CallbackEventInfo): DeliveryRecord {
  const { EventType, ResultCode } = info;
  return {
    time: isoTime(info.EventTime),
    event: eventNames.find((name) => eventKinds[name].eventType === EventType) ?? "unknown",
    eventType: EventType,
    ok: ResultCode === 0,
    resultCode: ResultCode,
    answeredAt: isoTime(info.ResponseTime),
    request: decoded(info.Request),
    response: decoded(info.Response),
  };
}

/** A time of the API in UTC; one that is not understood as it is. */
function isoTime(text = ""): string {
  const time = parseTime(text);
  return Number.isNaN(time) ? text : new Date(time).toISOString().replace(".000", "");
}

/** The published example encodes these texts like a form, so no space is left in them. */
function decoded(text = ""): string {
  const encoded = /%[0-9A-F]{2}/i.test(text) && !/\s/.test(text);
  return encoded ? (new URLSearchParams(`=${text.replaceAll("&", "%26")}`).get("") ?? text) : text;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function report(found: DeliveryRecord[], { stream, event, failed }: Choices, from: string): string {
  if (found.length === 0) {
    const what = `${failed ? "failed " : ""}callback${event ? ` of ${event}` : ""}`;
    return `The cloud's record has no ${what} for the stream "${oneLine(stream)}" since ${from}.`;
  }
  const rows = found.map((record) => [
    record.time,
    record.event === "unknown" ? `event ${record.eventType}` : record.event,
    record.ok ? "ok" : `failed (${record.resultCode})`,
    record.answeredAt,
    oneLine(record.response),
  ]);
  return table([["TIME", "EVENT", "RESULT", "ANSWERED", "ANSWER"], ...rows]);
}
