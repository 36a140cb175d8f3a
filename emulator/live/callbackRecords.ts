import { CALLBACK_EVENTS } from "../../provider/api/contract/events";
import { formatLike, parseTime } from "../../provider/api/contract/time";
import type { Handlers, Parameters } from "../actions";
import { invalidValue } from "../apiError";
import type { EventDialect } from "../dialect";
import type { LoggedCall } from "../events/eventDelivery";

type Query = Parameters<"DescribeCallbackRecordsList">;

const DAY_MS = 24 * 60 * 60 * 1000;
const MAX_SPAN_MS = DAY_MS;
const KEPT_DAYS = 14;
/** Not documented. Sibling actions have this limit. */
const MAX_PAGE_SIZE = 100;

/** @see https://cloud.tencent.com/document/product/267/51328 */
export const recordActions: Handlers<"DescribeCallbackRecordsList"> = {
  DescribeCallbackRecordsList(query, { callbackLog, now, dialect }) {
    const span = checkedSpan(query, now);
    const { PageNum, PageSize } = query;
    if (PageNum < 1) throw invalidValue("PageNum", "at least 1");
    if (PageSize < 1 || PageSize > MAX_PAGE_SIZE) throw invalidValue("PageSize", `from 1 to ${MAX_PAGE_SIZE}`);
    const found = callbackLog.list().filter((call) => matches(call, query, span, dialect));
    const page = found.slice((PageNum - 1) * PageSize, PageNum * PageSize);
    return {
      DataInfoList: page.map((call) => recordView(call, query.StartTime, dialect)),
      PageNum,
      PageSize,
      TotalNum: found.length,
      TotalPage: Math.ceil(found.length / PageSize),
    };
  },
};

function checkedSpan({ StartTime, EndTime }: Query, now: number): [from: number, to: number] {
  const [from, to] = [parseTime(StartTime), parseTime(EndTime)];
  const format = "YYYY-MM-DDThh:mm:ssZ or YYYY-MM-DD hh:mm:ss";
  if (Number.isNaN(from)) throw invalidValue("StartTime", format);
  if (Number.isNaN(to)) throw invalidValue("EndTime", format);
  if (from > to) throw invalidValue("EndTime", "not before StartTime");
  if (to - from > MAX_SPAN_MS) throw invalidValue("EndTime", "at most 1 day after StartTime");
  // The format has no fractions of a second.
  if (from < now - KEPT_DAYS * DAY_MS - 1000) throw invalidValue("StartTime", `within the last ${KEPT_DAYS} days`);
  return [from, to];
}

function matches(
  call: LoggedCall,
  query: Query,
  [from, to]: [number, number],
  { loggedEvents }: EventDialect,
): boolean {
  const second = Math.floor(call.eventTime / 1000) * 1000;
  return (
    call.streamName === query.StreamName &&
    second >= from &&
    second <= to &&
    (query.EventType === undefined || call.eventType === query.EventType) &&
    (query.ResultCode === undefined || call.resultCode === query.ResultCode) &&
    (loggedEvents === "all" || CALLBACK_EVENTS[call.event].recordFilter)
  );
}

/** Times have the format of the request, as documented. */
function recordView(call: LoggedCall, timeFormat: string, { loggedText }: EventDialect) {
  const text = (value: string) => (loggedText === "encoded" ? formEncoded(value) : value);
  return {
    EventTime: formatLike(timeFormat, call.eventTime),
    EventType: call.eventType,
    Request: text(call.request),
    Response: text(call.response),
    ResponseTime: formatLike(timeFormat, call.responseTime),
    ResultCode: call.resultCode,
    StreamId: call.streamName,
  };
}

/** Encodes `a b=c` as `a+b%3Dc`. */
const formEncoded = (text: string): string => new URLSearchParams([["", text]]).toString().slice(1);
