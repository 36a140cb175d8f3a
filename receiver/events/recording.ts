import {
  type CallbackEventBase,
  commonFields,
  embedded,
  type FieldReaders,
  type FieldsOf,
  maybe,
  number,
  type Open,
  objectWith,
  open,
  text,
} from "./fields";

/**
 * A recording file is ready (event 100, `recordNotifyUrl`): one event for each file, about 5 minutes after
 * the stream ended. With HLS resumption, only the final file has an event.
 *
 * @see https://www.tencentcloud.com/document/product/267/38082
 */
export interface RecordEvent extends CallbackEventBase<"record"> {
  /** The stream's name. */
  readonly streamId: string;
  /** The same as `streamId`. */
  readonly channelId?: string | undefined;
  /** The file's id in VOD, or in COS. */
  readonly fileId: string;
  /** The file's id in the recording service. It identifies the event; if it is absent, `fileId` does. */
  readonly recordFileId?: string | undefined;
  /** The recording template, if one created the task. */
  readonly recordTempId?: string | undefined;
  /** The format of the file. */
  readonly fileFormat: Open<"flv" | "hls" | "mp4" | "aac">;
  /** The recording task. */
  readonly taskId?: string | undefined;
  /** When the recording began, in UNIX seconds. */
  readonly startTime: number;
  /** The microseconds of `startTime`. */
  readonly startTimeUsec?: number | undefined;
  /** When the recording ended, in UNIX seconds. */
  readonly endTime: number;
  /** The microseconds of `endTime`. */
  readonly endTimeUsec?: number | undefined;
  /** The length of the file in seconds. */
  readonly duration?: number | undefined;
  /** The size of the file in bytes. */
  readonly fileSize?: number | undefined;
  /** The query of the push URL; absent for tasks of `CreateRecordTask`. May hold the push secret. */
  readonly streamParam?: string | undefined;
  /** Where the file can be downloaded. */
  readonly videoUrl: string;
  /** The PTS of the first frame. */
  readonly mediaStartTime?: number | undefined;
  /** The bit rate in kbps; 0 for the bit rate of the stream. */
  readonly recordBps?: number | undefined;
  /** The content of the JSON text `callback_ext`. */
  readonly callbackExt?:
    | {
        /** The codec of the video. */
        readonly videoCodec?: string | undefined;
        /** For example `"1920x1080"`. */
        readonly resolution?: string | undefined;
        /** The recording session, as in {@link RecordStatusEvent}. Not documented, but observed. */
        readonly sessionId?: string | undefined;
      }
    | undefined;
}

export const recordFields: FieldReaders<FieldsOf<RecordEvent>> = {
  ...commonFields,
  streamId: text,
  channelId: maybe(text),
  fileId: text,
  recordFileId: maybe(text),
  recordTempId: maybe(text),
  fileFormat: open(),
  taskId: maybe(text),
  startTime: number,
  startTimeUsec: maybe(number),
  endTime: number,
  endTimeUsec: maybe(number),
  duration: maybe(number),
  fileSize: maybe(number),
  streamParam: maybe(text),
  videoUrl: text,
  mediaStartTime: maybe(number),
  recordBps: maybe(number),
  callbackExt: embedded(objectWith({ videoCodec: maybe(text), resolution: maybe(text), sessionId: maybe(text) })),
};

/** The status of a recording. */
export type RecordStatus =
  | "record_start_succeeded"
  | "record_start_failed"
  | "record_paused"
  | "record_resumed"
  | "record_error"
  | "record_ended";

/**
 * The status of a recording has changed (event 332, `recordStatusNotifyUrl`): it has started, failed to
 * start, paused, resumed, encountered an error or ended.
 *
 * @see https://www.tencentcloud.com/document/product/267/58590
 */
export interface RecordStatusEvent extends CallbackEventBase<"recordStatus"> {
  /** The stream's name; for the recording of a relay, the relay's task id. */
  readonly streamId: string;
  /** When the event happened, in UNIX seconds. */
  readonly eventTime: number;
  /** The new status of the recording. */
  readonly recordEvent: Open<RecordStatus>;
  /** The content of the JSON text `record_detail`. */
  readonly recordDetail?:
    | {
        /** 1: FLV, 2: HLS, 3: MP4, 4: AAC, 5: MP3. */
        readonly fileFormat?: number | undefined;
        /** The bit rate in kbps. */
        readonly recordBps?: number | undefined;
        /** What started the recording. 1: a recording template; 5: the API. */
        readonly startModel?: number | undefined;
        /** What is recorded. 1: the stream itself; 2: with its watermark; 3: transcoded. */
        readonly recordContent?: number | undefined;
        /** 1: a live stream; 2: a relay. */
        readonly sourceType?: number | undefined;
        /** The transcoding template. */
        readonly codecTempId?: number | undefined;
      }
    | undefined;
  /** The recording task, if the API created it. */
  readonly taskId?: string | undefined;
  /** The number of this message. */
  readonly seq: string;
  /** The recording session. */
  readonly sessionId: string;
}

export const recordStatusFields: FieldReaders<FieldsOf<RecordStatusEvent>> = {
  ...commonFields,
  streamId: text,
  eventTime: number,
  recordEvent: open(),
  recordDetail: embedded(
    objectWith({
      fileFormat: maybe(number),
      recordBps: maybe(number),
      startModel: maybe(number),
      recordContent: maybe(number),
      sourceType: maybe(number),
      codecTempId: maybe(number),
    }),
  ),
  taskId: maybe(text),
  seq: text,
  sessionId: text,
};

/**
 * A recording has errors (event 341, `recordExceptionNotifyUrl`) of one of the template's
 * `recordExceptionLevels`. Equal errors are merged, so the event may come up to 2 minutes late.
 *
 * @see https://www.tencentcloud.com/document/product/267/68622
 */
export interface RecordExceptionEvent extends CallbackEventBase<"recordException"> {
  /** The stream's name. */
  readonly streamId: string;
  /** The recording session. */
  readonly sessionId: string;
  /** The format of the file. */
  readonly fileFormat?: Open<"flv" | "ts" | "mp4" | "aac"> | undefined;
  /** When the callback was made, in UNIX seconds. */
  readonly timestamp: number;
  /** The severity: one of the levels of the template. */
  readonly exceptionLevel: Open<"info" | "warning" | "error">;
  /** The error. */
  readonly exception: {
    /**
     * Negative. -8, -9: audio, video timestamps jump; -10: they are far apart; -11, -24: invalid video, audio
     * timestamps; -16: pulling the stream failed; -17, -18: no audio, no video although it must be recorded;
     * -22, -23: audio, video timestamps do not advance; -100: another resolution; -104: writing to the file
     * failed; -120: file cut because the codec changed; -130, -131: video, audio frames dropped;
     * -132: abnormal GOP; -200, -201: uneven audio, video timestamps.
     */
    readonly type: number;
    /** How often it happened. */
    readonly occurs?: number | undefined;
    /** The exception in words. */
    readonly desc?: string | undefined;
  };
}

export const recordExceptionFields: FieldReaders<FieldsOf<RecordExceptionEvent>> = {
  ...commonFields,
  streamId: text,
  sessionId: text,
  fileFormat: maybe(open()),
  timestamp: number,
  exceptionLevel: open(),
  exception: objectWith<RecordExceptionEvent["exception"]>({ type: number, occurs: maybe(number), desc: maybe(text) }),
};
