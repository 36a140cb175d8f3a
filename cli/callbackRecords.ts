import type { Client } from "../provider/api/client";
import type { CallbackEventInfo, Request } from "../provider/api/contract/live";
import type { Budget } from "../provider/api/retry";

const DAY_MS = 86_400_000;
const PAGE_SIZE = 100;

/** What is looked for. Times are in milliseconds since 1970. */
export interface RecordQuery {
  stream: string;
  since: number;
  until: number;
  eventType?: number | undefined;
}

/**
 * Every callback in the cloud's record for a stream, in the order of the answers. It asks as often as the limits of the
 * API need: a day at once, and page by page.
 */
export async function callbackRecords(
  client: Client,
  { stream, since, until, eventType }: RecordQuery,
  budget: () => Budget,
): Promise<CallbackEventInfo[]> {
  const found: CallbackEventInfo[] = [];
  const last = toSecond(until);
  // Both ends of a span are in it.
  for (let from = toSecond(since); from <= last; from += DAY_MS + 1000) {
    const span = { StartTime: apiTime(from), EndTime: apiTime(Math.min(from + DAY_MS, last)) };
    const type = eventType === undefined ? {} : { EventType: eventType };
    found.push(...(await pages(client, { ...span, StreamName: stream, ...type }, budget)));
  }
  return found;
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
