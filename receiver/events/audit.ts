import { z } from "zod";
import {
  type CallbackEventBase,
  commonFields,
  type FieldsOf,
  fields,
  maybe,
  number,
  type Open,
  open,
  text,
} from "./fields";

/** What the moderation advises: stop it, have a person look at it, let it pass. */
export type Suggestion = Open<"Block" | "Review" | "Pass">;

/**
 * One result of a moderation model. Which fields are there depends on the model; the members of `details` are
 * in camel case like everything here.
 */
export interface AuditResult {
  readonly scene?: string;
  readonly suggestion?: Suggestion;
  /** For example `"Normal"`, `"Porn"`, `"Abuse"`, `"Ad"`, `"Custom"`. */
  readonly label?: string;
  readonly subLabel?: string;
  /** The confidence, 0 to 100. */
  readonly score?: number;
  /** 1: the model has a hit; 0: it has none. */
  readonly hitFlag?: number;
  /** The text that was read. */
  readonly text?: string;
  /** The words that made the hit. */
  readonly keywords?: readonly string[];
  /** The begin of the passage in an audio segment, in seconds. */
  readonly startTime?: number;
  /** The end of the passage in an audio segment, in seconds. */
  readonly endTime?: number;
  readonly details?: readonly Readonly<Record<string, unknown>>[];
  /** What was recognised: `name`, `score`, and `startTime`, `endTime` in milliseconds. */
  readonly tags?: readonly Readonly<Record<string, unknown>>[];
}

const objects = z.array(z.record(z.string(), z.unknown()));
const auditResults = z.array(
  fields<AuditResult>({
    scene: maybe(text),
    suggestion: maybe(open()),
    label: maybe(text),
    subLabel: maybe(text),
    score: maybe(number),
    hitFlag: maybe(number),
    text: maybe(text),
    keywords: maybe(z.array(text)),
    startTime: maybe(number),
    endTime: maybe(number),
    details: maybe(objects),
    tags: maybe(objects),
  }),
);

/**
 * Image moderation has a result (event 317, `pornCensorshipNotifyUrl`); by default only one that does not
 * comply. Scores of earlier generations (`pornScore`, `hotScore`, …) are still sent, unused: see `payload`.
 *
 * @see https://www.tencentcloud.com/document/product/267/38084
 */
export interface PornCensorshipEvent extends CallbackEventBase<"pornCensorship"> {
  /** The stream's name. */
  readonly streamId: string;
  readonly channelId?: string;
  /** The URL of the image. */
  readonly img: string;
  /** When the screenshot was taken, in UNIX seconds. */
  readonly screenshotTime?: number;
  /** When the callback was made, in UNIX seconds. */
  readonly sendTime?: number;
  readonly suggestion?: Suggestion;
  /** The most serious label. */
  readonly label?: string;
  readonly subLabel?: string;
  /** The numbers of the most serious labels. Sent as `type`, which is the event's name here. */
  readonly labelTypes?: readonly number[];
  /** The scores of `labelTypes`, 0 to 100. Sent as `score`, in the published sample as `socre`. */
  readonly score?: readonly number[];
  /** The text in the image. */
  readonly ocrMsg?: string;
  /** Results by category. */
  readonly labelResults?: readonly AuditResult[];
  /** Results by objects, logos, QR codes. */
  readonly objectResults?: readonly AuditResult[];
  /** Results by text in the image. */
  readonly ocrResults?: readonly AuditResult[];
  /** Results by block and allow lists. */
  readonly libResults?: readonly AuditResult[];
  /** The query of the push URL. May hold the push secret. */
  readonly streamParam?: string;
}

export const pornCensorshipFields = fields<FieldsOf<PornCensorshipEvent>>({
  ...commonFields,
  streamId: text,
  channelId: maybe(text),
  img: text,
  screenshotTime: maybe(number),
  sendTime: maybe(number),
  suggestion: maybe(open()),
  label: maybe(text),
  subLabel: maybe(text),
  labelTypes: maybe(z.array(number)),
  score: maybe(z.array(number)),
  ocrMsg: maybe(text),
  labelResults: maybe(auditResults),
  objectResults: maybe(auditResults),
  ocrResults: maybe(auditResults),
  libResults: maybe(auditResults),
  streamParam: maybe(text),
});

/**
 * Audio moderation has a result (event 315, `audioAuditNotifyUrl`); by default only one that does not comply.
 * Details of the speech recognition: `payload.data`.
 *
 * @see https://www.tencentcloud.com/document/product/267/58643
 */
export interface AudioAuditEvent extends CallbackEventBase<"audioAudit"> {
  /** The stream's name. */
  readonly streamId: string;
  readonly channelId?: string;
  /** 1: the moderation has a hit; 0: it has none. */
  readonly hitFlag?: number;
  /** The confidence, 0 to 100. */
  readonly score?: number;
  readonly suggestion?: Suggestion;
  /** The most serious label. */
  readonly label?: string;
  readonly subLabel?: string;
  readonly subTag?: string;
  /** The moderation task. */
  readonly taskId?: string;
  /** The number of the audio segment. */
  readonly seq?: number;
  /** 2: normal. */
  readonly status?: number;
  readonly requestId?: string;
  /** The speech as text. */
  readonly asrText?: string;
  /** Where the audio can be downloaded. */
  readonly cdnUrl?: string;
  /** The length of the audio in seconds. */
  readonly duration?: number;
  /** Results by words. */
  readonly textResults?: readonly AuditResult[];
  /** Results by vulgar sounds. */
  readonly moanResults?: readonly AuditResult[];
  /** Results by language. */
  readonly languageResults?: readonly AuditResult[];
  /** Results by speaker. */
  readonly speakerResults?: readonly AuditResult[];
  /** Results by who speaks: age, gender. */
  readonly recognitionResults?: readonly AuditResult[];
}

export const audioAuditFields = fields<FieldsOf<AudioAuditEvent>>({
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
});
