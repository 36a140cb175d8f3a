import type { Cloud } from "../cloud";

export const URL = "https://hooks.example.com/live";

/** The minimal template: with a name, with an automatic name, and as it is in the cloud. */
export const MINIMAL = { templateName: "hooks", streamBeginNotifyUrl: URL };
export const AUTOMATIC = { automaticName: "hooks-0a1b2c3", streamBeginNotifyUrl: URL };
export const WIRE = { TemplateName: "hooks", StreamBeginNotifyUrl: URL };

/** A template with every field. */
export const MAXIMAL = {
  templateName: "直播回调-hooks_1",
  description: "all-fields",
  callbackKey: "SecretKey123",
  streamBeginNotifyUrl: `${URL}/begin`,
  streamEndNotifyUrl: `${URL}/end`,
  recordNotifyUrl: `${URL}/record`,
  recordStatusNotifyUrl: `${URL}/record-status`,
  snapshotNotifyUrl: `${URL}/snapshot`,
  pornCensorshipNotifyUrl: `${URL}/porn`,
  pushExceptionNotifyUrl: `${URL}/push-exception`,
  recordExceptionNotifyUrl: `${URL}/record-exception`,
  recordExceptionLevels: ["error", "warning"],
  audioAuditNotifyUrl: `${URL}/audio`,
};

/** Returns the ids of the templates in a cloud. */
export const idsIn = (cloud: Cloud): number[] => cloud.state().templates.map(({ TemplateId }) => TemplateId);
