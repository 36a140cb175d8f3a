import type { z } from "zod";
import type { actions } from "../../provider/api/contract/live";
import type { Template } from "../account/store";
import type { Dialect } from "../dialect";

type TemplateInfo = z.input<(typeof actions)["DescribeLiveCallbackTemplate"]["response"]>["Template"];

/** The members of `CallBackTemplateInfo` beside id, name and levels, and how the documents show each when it is not set. */
const members = {
  Description: "",
  StreamBeginNotifyUrl: "",
  StreamEndNotifyUrl: "",
  StreamMixNotifyUrl: "",
  RecordNotifyUrl: "",
  SnapshotNotifyUrl: "",
  PornCensorshipNotifyUrl: "",
  CallbackKey: "",
  PushExceptionNotifyUrl: null,
  AudioAuditNotifyUrl: null,
  RecordExceptionNotifyUrl: undefined,
} as const;

/** A template as the API shows it. */
export function templateView(template: Template, dialect: Dialect): TemplateInfo {
  const info: Record<string, string | null | undefined> = {};
  for (const [name, documented] of Object.entries(members)) {
    info[name] = template[name as keyof typeof members] ?? unset(documented, "", dialect);
  }
  if (dialect.recordStatusReturned) {
    info["RecordStatusNotifyUrl"] = template.RecordStatusNotifyUrl ?? unset("", "", dialect);
  }
  return {
    TemplateId: template.TemplateId,
    TemplateName: template.TemplateName,
    ...info,
    RecordExceptionLevels: readLevels(template, dialect),
  };
}

function readLevels(template: Template, dialect: Dialect): string[] | null | undefined {
  const levels = template.RecordExceptionLevels;
  if (!levels) return unset(undefined, [], dialect);
  return dialect.levelSpelling === "asSent" ? levels : levels.map((level) => (level === "warning" ? "alarm" : level));
}

function unset<T>(documented: T | null | undefined, empty: T, { unsetReads }: Dialect): T | null | undefined {
  return { documented, empty, null: null, missing: undefined }[unsetReads];
}
