import {
  type CallbackEventBase,
  commonFields,
  type FieldReaders,
  type FieldsOf,
  listOf,
  maybe,
  number,
  objectWith,
  text,
} from "./fields";

interface StreamEvent<Type extends "streamBegin" | "streamEnd"> extends CallbackEventBase<Type> {
  /** The push domain. */
  readonly domainName: string;
  /** The app: the path of the push URL. */
  readonly appName: string;
  /** The stream's name. */
  readonly streamId: string;
  /** The same as `streamId`. */
  readonly channelId?: string | undefined;
  /** When the event happened, in UNIX seconds. */
  readonly eventTime: number;
  /** Identifies a push, with the same value in its begin and end events. With `eventTime`, orders events. */
  readonly sequence: string;
  /** The address of the cloud's ingest node. */
  readonly node?: string | undefined;
  /** The address of the client that pushes. */
  readonly userIp?: string | undefined;
  /** The query of the push URL. May hold the push secret. */
  readonly streamParam?: string | undefined;
  /**
   * 0 for begin, the reason for end. 1–4, 35: the client stopped; 5, 9, 10, 11, 24: internal error;
   * 6, 23: abnormal RTMP; 7: frame too large; 8, 20: no data for a long time; 12–17: network;
   * 19: third-party authentication failed; 33: invalid AMF; 0 and others: unknown.
   */
  readonly errcode?: number | undefined;
  /** `errcode` in words; `"ok"` for begin. */
  readonly errmsg?: string | undefined;
  /** Where the push comes from. 1–6: mainland China; 7–200: elsewhere. */
  readonly setId?: number | undefined;
  /** The video's width in pixels; 0 if the first packets have no video header. */
  readonly width?: number | undefined;
  /** The video's height in pixels; 0 if the first packets have no video header. */
  readonly height?: number | undefined;
}

/**
 * A stream has begun (event 1, `streamBeginNotifyUrl`).
 *
 * @see https://www.tencentcloud.com/document/product/267/38081
 */
export interface StreamBeginEvent extends StreamEvent<"streamBegin"> {}

/**
 * A stream has ended (event 0, `streamEndNotifyUrl`). After a network failure, it comes only if the push is
 * not resumed within 70 s.
 *
 * @see https://www.tencentcloud.com/document/product/267/38081
 */
export interface StreamEndEvent extends StreamEvent<"streamEnd"> {
  /** How long the push lasted, in milliseconds. */
  readonly pushDuration?: number | undefined;
}

const streamFields = {
  ...commonFields,
  domainName: text,
  appName: text,
  streamId: text,
  channelId: maybe(text),
  eventTime: number,
  sequence: text,
  node: maybe(text),
  userIp: maybe(text),
  streamParam: maybe(text),
  errcode: maybe(number),
  errmsg: maybe(text),
  setId: maybe(number),
  width: maybe(number),
  height: maybe(number),
};
export const streamBeginFields: FieldReaders<FieldsOf<StreamBeginEvent>> = streamFields;
export const streamEndFields: FieldReaders<FieldsOf<StreamEndEvent>> = { ...streamFields, pushDuration: maybe(number) };

/** One kind of error within the interval of a {@link PushExceptionEvent}. */
export interface PushError {
  /**
   * 1, 2: video, audio timestamps went back; 3, 4: they jumped by more than 1000 ms; 5: chunk over 8192;
   * 6, 7: video frames over 3000 ms late, audio frames over 1000 ms late; 8, 9: video, audio codec changed;
   * 10, 11: no codec header before the first video, audio frame; 12: audio frames too far apart; 13: uncommon
   * codec; 14: video header not readable; 15: frame rate too low; 16: GOP over 10 s.
   */
  readonly type: number;
  /** How often it happened within the interval. */
  readonly count?: number | undefined;
  /** The individual occurrences. */
  readonly detail?:
    | readonly {
        /** The error in words. */
        readonly desc?: string | undefined;
        /** UNIX milliseconds. */
        readonly occurTime?: number | undefined;
      }[]
    | undefined;
  /** More on the error, in Chinese. */
  readonly eventKey?: string | undefined;
  /** The error in Chinese. */
  readonly typeDescCn?: string | undefined;
  /** The error in English. */
  readonly typeDescEn?: string | undefined;
}

/**
 * A push has errors (event 321, `pushExceptionNotifyUrl`). One event contains all errors of an interval; an
 * interval without errors has no event.
 *
 * @see https://www.tencentcloud.com/document/product/267/53310
 */
export interface PushExceptionEvent extends CallbackEventBase<"pushException"> {
  /** The stream's name. */
  readonly streamId: string;
  /** When the callback was made, in UNIX **milliseconds**. */
  readonly dataTime: number;
  /** The errors, by kind. */
  readonly abnormalEvent: readonly PushError[];
  /** Identifies the push; the same as in its begin and end events. */
  readonly sequence?: string | undefined;
  /** The address of the client that pushes. */
  readonly userIp?: string | undefined;
  /** The query of the push URL. May hold the push secret. */
  readonly streamParam?: string | undefined;
  /** The interval that the callback covers, in milliseconds; 5000 in the documents. */
  readonly reportInterval?: number | undefined;
  /** How long the cloud waits for the response to this event, in milliseconds; 5000 in the documents. */
  readonly timeout?: number | undefined;
}

const pushError = objectWith<PushError>({
  type: number,
  count: maybe(number),
  detail: maybe(listOf(objectWith({ desc: maybe(text), occurTime: maybe(number) }))),
  eventKey: maybe(text),
  typeDescCn: maybe(text),
  typeDescEn: maybe(text),
});
export const pushExceptionFields: FieldReaders<FieldsOf<PushExceptionEvent>> = {
  ...commonFields,
  streamId: text,
  dataTime: number,
  abnormalEvent: listOf(pushError),
  sequence: maybe(text),
  userIp: maybe(text),
  streamParam: maybe(text),
  reportInterval: maybe(number),
  timeout: maybe(number),
};
