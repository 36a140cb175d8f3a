import {
  anyObject,
  type CallbackEventBase,
  commonFields,
  type FieldReaders,
  type FieldsOf,
  listOf,
  maybe,
  number,
  type Open,
  objectWith,
  open,
  text,
} from "./fields";

/** The advice of the moderation: block the content, have a person review it, or let it pass. */
export type Suggestion = Open<"Block" | "Review" | "Pass">;

/**
 * One result of a moderation model. Which fields are present depends on the model. The members of `details`
 * are in camel case, too.
 */
export interface AuditResult {
  /** What the model looks for. */
  readonly scene?: string | undefined;
  /** The advice of the moderation. */
  readonly suggestion?: Suggestion | undefined;
  /** For example `"Normal"`, `"Porn"`, `"Abuse"`, `"Ad"`, `"Custom"`. */
  readonly label?: string | undefined;
  /** The more precise label within `label`. */
  readonly subLabel?: string | undefined;
  /** The confidence, 0 to 100. */
  readonly score?: number | undefined;
  /** 1: the model has a hit; 0: it has none. */
  readonly hitFlag?: number | undefined;
  /** The recognized text. */
  readonly text?: string | undefined;
  /** The words that caused the hit. */
  readonly keywords?: readonly string[] | undefined;
  /** The start of the passage in an audio segment, in seconds. */
  readonly startTime?: number | undefined;
  /** The end of the passage in an audio segment, in seconds. */
  readonly endTime?: number | undefined;
  /** Detailed results, in a form that is specific to the model. */
  readonly details?: readonly Readonly<Record<string, unknown>>[] | undefined;
  /** The recognized tags: `name`, `score`, and `startTime`, `endTime` in milliseconds. */
  readonly tags?: readonly Readonly<Record<string, unknown>>[] | undefined;
}

const objects = listOf(anyObject);
const auditResults = listOf(
  objectWith<AuditResult>({
    scene: maybe(text),
    suggestion: maybe(open()),
    label: maybe(text),
    subLabel: maybe(text),
    score: maybe(number),
    hitFlag: maybe(number),
    text: maybe(text),
    keywords: maybe(listOf(text)),
    startTime: maybe(number),
    endTime: maybe(number),
    details: maybe(objects),
    tags: maybe(objects),
  }),
);

/**
 * Image moderation has a result (event 317, `pornCensorshipNotifyUrl`); by default only for content that does
 * not comply. Scores of earlier versions (`pornScore`, `hotScore`, …) are still sent: see `payload`.
 *
 * @see https://www.tencentcloud.com/document/product/267/38084
 */
export interface PornCensorshipEvent extends CallbackEventBase<"pornCensorship"> {
  /** The stream's name. */
  readonly streamId: string;
  /** The id of the channel. */
  readonly channelId?: string | undefined;
  /** The URL of the image. */
  readonly img: string;
  /** When the screenshot was taken, in UNIX seconds. */
  readonly screenshotTime?: number | undefined;
  /** When the callback was made, in UNIX seconds. */
  readonly sendTime?: number | undefined;
  /** The advice of the moderation. */
  readonly suggestion?: Suggestion | undefined;
  /** The most serious label. */
  readonly label?: string | undefined;
  /** The more precise label within `label`. */
  readonly subLabel?: string | undefined;
  /** The numbers of the most serious labels. Sent as `type`; here, `type` is the name of the event. */
  readonly labelTypes?: readonly number[] | undefined;
  /** The scores of `labelTypes`, 0 to 100. Sent as `score`; the published sample spells it `socre`. */
  readonly score?: readonly number[] | undefined;
  /** The text in the image. */
  readonly ocrMsg?: string | undefined;
  /** Results by category. */
  readonly labelResults?: readonly AuditResult[] | undefined;
  /** Results by objects, logos, QR codes. */
  readonly objectResults?: readonly AuditResult[] | undefined;
  /** Results by text in the image. */
  readonly ocrResults?: readonly AuditResult[] | undefined;
  /** Results by block and allow lists. */
  readonly libResults?: readonly AuditResult[] | undefined;
  /** The query of the push URL. May hold the push secret. */
  readonly streamParam?: string | undefined;
}

export const pornCensorshipFields: FieldReaders<FieldsOf<PornCensorshipEvent>> = {
  ...commonFields,
  streamId: text,
  channelId: maybe(text),
  img: text,
  screenshotTime: maybe(number),
  sendTime: maybe(number),
  suggestion: maybe(open()),
  label: maybe(text),
  subLabel: maybe(text),
  labelTypes: maybe(listOf(number)),
  score: maybe(listOf(number)),
  ocrMsg: maybe(text),
  labelResults: maybe(auditResults),
  objectResults: maybe(auditResults),
  ocrResults: maybe(auditResults),
  libResults: maybe(auditResults),
  streamParam: maybe(text),
};

/**
 * Audio moderation has a result (event 315, `audioAuditNotifyUrl`); by default only for content that does not
 * comply. The details of the speech recognition are in `payload.data`.
 *
 * @see https://www.tencentcloud.com/document/product/267/58643
 */
export interface AudioAuditEvent extends CallbackEventBase<"audioAudit"> {
  /** The stream's name. */
  readonly streamId: string;
  /** The id of the channel. */
  readonly channelId?: string | undefined;
  /** 1: the moderation has a hit; 0: it has none. */
  readonly hitFlag?: number | undefined;
  /** The confidence, 0 to 100. */
  readonly score?: number | undefined;
  /** The advice of the moderation. */
  readonly suggestion?: Suggestion | undefined;
  /** The most serious label. */
  readonly label?: string | undefined;
  /** The more precise label within `label`. */
  readonly subLabel?: string | undefined;
  /** A more precise label, in an older field of the message. */
  readonly subTag?: string | undefined;
  /** The moderation task. */
  readonly taskId?: string | undefined;
  /** The number of the audio segment. */
  readonly seq?: number | undefined;
  /** 2: normal. */
  readonly status?: number | undefined;
  /** The id of the moderation request. */
  readonly requestId?: string | undefined;
  /** The speech as text. */
  readonly asrText?: string | undefined;
  /** Where the audio can be downloaded. */
  readonly cdnUrl?: string | undefined;
  /** The length of the audio in seconds. */
  readonly duration?: number | undefined;
  /** Results by words. */
  readonly textResults?: readonly AuditResult[] | undefined;
  /** Results by vulgar sounds. */
  readonly moanResults?: readonly AuditResult[] | undefined;
  /** Results by language. */
  readonly languageResults?: readonly AuditResult[] | undefined;
  /** Results by speaker. */
  readonly speakerResults?: readonly AuditResult[] | undefined;
  /** Results by properties of the speaker, such as age and gender. */
  readonly recognitionResults?: readonly AuditResult[] | undefined;
}

export const audioAuditFields: FieldReaders<FieldsOf<AudioAuditEvent>> = {
  ...commonFields,
  streamId: text,
  channelId: maybe(text),
  hitFlag: maybe(number),
  score: maybe(number),
  suggestion: maybe(open()),
  label: maybe(text),
  subLabel: maybe(text),
  subTag: maybe(text),
  taskId: maybe(text),
  seq: maybe(number),
  status: maybe(number),
  requestId: maybe(text),
  asrText: maybe(text),
  cdnUrl: maybe(text),
  duration: maybe(number),
  textResults: maybe(auditResults),
  moanResults: maybe(auditResults),
  languageResults: maybe(auditResults),
  speakerResults: maybe(auditResults),
  recognitionResults: maybe(auditResults),
};
