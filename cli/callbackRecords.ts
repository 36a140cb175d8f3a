import type { Client } from "../provider/api/client";
import { type CallbackEventName, eventNameOf } from "../provider/api/contract/events";
import type { CallbackEventInfo, Request } from "../provider/api/contract/live";
import { parseTime } from "../provider/api/contract/time";
import type { Budget } from "../provider/api/retry";

const DAY_MS = 86_400_000;
/** How long the cloud keeps a record, in milliseconds. */
export const KEPT_MS = 14 * DAY_MS;
const PAGE_SIZE = 100;

/** Which records are read. Times are in milliseconds since 1970. */
export interface RecordQuery {
  stream: string;
  since: number;
  until: number;
  eventType?: number | undefined;
}

/**
 * Reads every callback that the cloud recorded for a stream, in the order in which the API returns them. One
 * request covers at most one day, and one page.
 */
export async function deliveryRecords(
  client: Client,
  { stream, since, until, eventType }: RecordQuery,
  budget: () => Budget,
): Promise<DeliveryRecord[]> {
  const found: CallbackEventInfo[] = [];
  const last = toSecond(until);
  // A span includes both its ends.
  for (let from = toSecond(since); from <= last; from += DAY_MS + 1000) {
    const span = { StartTime: apiTime(from), EndTime: apiTime(Math.min(from + DAY_MS, last)) };
    const type = eventType === undefined ? {} : { EventType: eventType };
    found.push(...(await pages(client, { ...span, StreamName: stream, ...type }, budget)));
  }
  return found.map(deliveryRecord);
}

type Query = Omit<Request<"DescribeCallbackRecordsList">, "PageNum" | "PageSize">;

async function pages(client: Client, query: Query, budget: () => Budget): Promise<CallbackEventInfo[]> {
  const found: CallbackEventInfo[] = [];
  for (let PageNum = 1; ; PageNum++) {
    const request = { ...query, PageNum, PageSize: PAGE_SIZE };
    const { DataInfoList, TotalNum } = await client.call("DescribeCallbackRecordsList", request, budget());
    found.push(...DataInfoList);
    const complete = TotalNum === undefined ? DataInfoList.length < PAGE_SIZE : found.length >= TotalNum;
    if (complete || DataInfoList.length === 0) return found;
  }
}

const toSecond = (ms: number): number => Math.floor(ms / 1000) * 1000;
/** The API takes no fractions of a second. */
const apiTime = (ms: number): string => new Date(ms).toISOString().replace(".000", "");

/** One delivery attempt of the cloud. */
export interface DeliveryRecord {
  /** When the event happened, ISO 8601. */
  time: string;
  event: CallbackEventName | "unknown";
  eventType: number | undefined;
  ok: boolean;
  /** 0 is success. Other values are not documented. */
  resultCode: number | undefined;
  /** When the response arrived or the cloud gave up waiting, ISO 8601. */
  answeredAt: string;
  request: string;
  response: string;
}

function deliveryRecord(info: CallbackEventInfo): DeliveryRecord {
  const { EventType, ResultCode } = info;
  return {
    time: isoTime(info.EventTime),
    event: eventNameOf(EventType) ?? "unknown",
    eventType: EventType,
    ok: ResultCode === 0,
    resultCode: ResultCode,
    answeredAt: isoTime(info.ResponseTime),
    request: decoded(info.Request),
    response: decoded(info.Response),
  };
}

/** Converts a time of the API to UTC. Returns a text in another format unchanged. */
function isoTime(text = ""): string {
  const time = parseTime(text);
  return Number.isNaN(time) ? text : new Date(time).toISOString().replace(".000", "");
}

/** Decodes a form-encoded text, as in the published example. Such a text contains no spaces. */
function decoded(text = ""): string {
  const encoded = /%[0-9A-F]{2}/i.test(text) && !/\s/.test(text);
  return encoded ? (new URLSearchParams(`=${text.replaceAll("&", "%26")}`).get("") ?? text) : text;
}
