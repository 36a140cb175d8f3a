import { type CallbackEventBase, commonFields, type FieldReaders, type FieldsOf, maybe, number, text } from "./fields";

/**
 * A screenshot was taken (event 200, `snapshotNotifyUrl`). The cloud repeats this event only 5 times, 2
 * minutes apart.
 *
 * @see https://www.tencentcloud.com/document/product/267/38083
 */
export interface SnapshotEvent extends CallbackEventBase<"snapshot"> {
  /** The stream's name. */
  readonly streamId: string;
  /** The same as `streamId`. */
  readonly channelId?: string | undefined;
  /** When the screenshot was taken, in UNIX seconds. */
  readonly createTime: number;
  /** The path of the file in its bucket, with a leading `/`. */
  readonly picUrl: string;
  /** Where the file can be downloaded. */
  readonly picFullUrl?: string | undefined;
  /** The size of the file in bytes. */
  readonly fileSize?: number | undefined;
  /** The width in pixels. */
  readonly width?: number | undefined;
  /** The height in pixels. */
  readonly height?: number | undefined;
  /** The screenshot task. */
  readonly taskId?: string | undefined;
  /** The query of the push URL. May hold the push secret. */
  readonly streamParam?: string | undefined;
}

export const snapshotFields: FieldReaders<FieldsOf<SnapshotEvent>> = {
  ...commonFields,
  streamId: text,
  channelId: maybe(text),
  createTime: number,
  picUrl: text,
  picFullUrl: maybe(text),
  fileSize: maybe(number),
  width: maybe(number),
  height: maybe(number),
  taskId: maybe(text),
  streamParam: maybe(text),
};
