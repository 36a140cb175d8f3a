import type { Cloud } from "../cloud";

export const URL = "https://hooks.example.com/live";

/** The least that a program can say of a template; the same with an automatic name, and as it is in the cloud. */
export const MINIMAL = { templateName: "hooks", streamBeginNotifyUrl: URL };
export const AUTOMATIC = { automaticName: "hooks-0a1b2c3", streamBeginNotifyUrl: URL };
export const WIRE = { TemplateName: "hooks", StreamBeginNotifyUrl: URL };

/** Every field set. */
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

/** The ids of the templates in a cloud. */
export const idsIn = (cloud: Cloud): number[] => cloud.state().templates.map(({ TemplateId }) => TemplateId);
