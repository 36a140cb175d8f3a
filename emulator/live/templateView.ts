import type { z } from "zod";
import { CALLBACK_EVENTS, type UrlField } from "../../provider/api/contract/events";
import type { actions } from "../../provider/api/contract/live";
import type { Template } from "../account/store";
import type { LiveDialect } from "../dialect";

type TemplateInfo = z.input<(typeof actions)["DescribeLiveCallbackTemplate"]["response"]>["Template"];

/** The documented values of unset URLs, where they are not `""`. */
const UNSET_URLS: ReadonlyMap<UrlField, null | undefined> = new Map([
  [CALLBACK_EVENTS.pushException.urlField, null],
  [CALLBACK_EVENTS.audioAudit.urlField, null],
  [CALLBACK_EVENTS.recordException.urlField, undefined],
]);

/** Returns a template in the API's form. */
export function templateView(template: Template, dialect: LiveDialect): TemplateInfo {
  const urls = Object.values(CALLBACK_EVENTS)
    .filter(({ returned }) => returned || dialect.recordStatusReturned)
    .map(({ urlField }) => {
      const documented = UNSET_URLS.has(urlField) ? UNSET_URLS.get(urlField) : "";
      return [urlField, template[urlField] ?? unset(documented, "", dialect)];
    });
  return {
    TemplateId: template.TemplateId,
    TemplateName: template.TemplateName,
    Description: template.Description ?? unset("", "", dialect),
    ...Object.fromEntries([...urls, ["StreamMixNotifyUrl", template.StreamMixNotifyUrl ?? unset("", "", dialect)]]),
    CallbackKey: template.CallbackKey ?? unset("", "", dialect),
    RecordExceptionLevels: levelsView(template, dialect),
  };
}

function levelsView(template: Template, dialect: LiveDialect): string[] | null | undefined {
  const levels = template.RecordExceptionLevels;
  if (!levels) return unset(undefined, [], dialect);
  return dialect.levelSpelling === "asSent" ? levels : levels.map((level) => (level === "warning" ? "alarm" : level));
}

function unset<T>(documented: T | null | undefined, empty: T, { unsetReads }: LiveDialect): T | null | undefined {
  return { documented, empty, null: null, missing: undefined }[unsetReads];
}
