import { CALLBACK_EVENTS, type UrlField, type UrlProperty } from "../../api/contract/events";
import { canonicalLevel, DEFAULT_RECORD_EXCEPTION_LEVELS, type RecordExceptionLevel } from "../../api/contract/limits";
import type { Request, TemplateInfo } from "../../api/contract/live";
import { isUnknown, type Properties, present } from "../../properties";

const EVENTS = Object.values(CALLBACK_EVENTS);

/** The URL properties, one for each kind of event, in the order of the console. */
export const URL_PROPERTIES = EVENTS.map(({ property }) => property);

const TEXT_PROPERTIES = ["templateName", "description", "callbackKey", ...URL_PROPERTIES] as const;
type TextProperty = (typeof TEXT_PROPERTIES)[number];

/** The properties that make up a template in the cloud; a difference in any of them is a change. */
export const TEMPLATE_PROPERTIES = [...TEXT_PROPERTIES, "recordExceptionLevels"] as const;

/**
 * A template in canonical form: what is not set is absent, but for the key, which is then `""`; levels are
 * sorted.
 */
export type CanonicalTemplate = { [P in TextProperty]?: string } & {
  callbackKey: string;
  recordExceptionLevels?: RecordExceptionLevel[];
};

/**
 * Converts inputs, a state of any version or a response of the API to the canonical form of a template.
 */
export function canonicalTemplate(properties: Properties): CanonicalTemplate {
  const set = present(properties);
  const texts = TEXT_PROPERTIES.filter((name) => typeof set[name] === "string").map((name) => [name, set[name]]);
  const levels =
    set["recordExceptionNotifyUrl"] === undefined ? undefined : canonicalLevels(set["recordExceptionLevels"]);
  return {
    callbackKey: "",
    ...(Object.fromEntries(texts) as { [P in TextProperty]?: string }),
    ...(levels && { recordExceptionLevels: levels }),
  };
}

function canonicalLevels(levels: unknown): RecordExceptionLevel[] {
  const known =
    Array.isArray(levels) && levels.length > 0 && !isUnknown(levels) ? levels : DEFAULT_RECORD_EXCEPTION_LEVELS;
  return [...new Set(known.map(canonicalLevel))].sort() as RecordExceptionLevel[];
}

/** The names of the properties in which two templates differ. */
export function differences(one: CanonicalTemplate, other: CanonicalTemplate): (typeof TEMPLATE_PROPERTIES)[number][] {
  return TEMPLATE_PROPERTIES.filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]));
}

/** The field of the API for each property. */
const FIELDS = {
  templateName: "TemplateName",
  description: "Description",
  callbackKey: "CallbackKey",
  recordExceptionLevels: "RecordExceptionLevels",
  ...(Object.fromEntries(EVENTS.map(({ property, urlField }) => [property, urlField])) as Record<
    UrlProperty,
    UrlField
  >),
} as const;

const fieldOf = (name: (typeof TEMPLATE_PROPERTIES)[number]) => FIELDS[name];

/** The fields that are set, in the API's spelling: what a create sends. */
export function createFields(template: CanonicalTemplate): Omit<Request<"CreateLiveCallbackTemplate">, "TemplateName"> {
  const set = TEMPLATE_PROPERTIES.filter((name) => template[name] !== undefined && template[name] !== "");
  return Object.fromEntries(set.map((name) => [fieldOf(name), template[name]]));
}

/** All fields, in the API's spelling, the cleared ones as `""` or `[]`: what a modify sends. */
export function modifyFields(template: CanonicalTemplate): Omit<Request<"ModifyLiveCallbackTemplate">, "TemplateId"> {
  const texts = TEXT_PROPERTIES.map((name) => [fieldOf(name), template[name] ?? ""]);
  return { ...Object.fromEntries(texts), RecordExceptionLevels: template.recordExceptionLevels ?? [] };
}

/** The fields that the older API model of the international site does not know. */
export const NEWER_FIELDS: ReadonlySet<string> = new Set([
  ...EVENTS.filter(({ apiModel }) => apiModel === "current").map(({ urlField }) => urlField),
  "RecordExceptionLevels",
]);

const WRITE_ONLY = EVENTS.filter(({ returned }) => !returned);

/**
 * A template as the API returned it, in canonical form. What the API does not return is taken from `known`:
 * URLs that the published model lacks, and the levels on older endpoints.
 */
export function fromTemplateInfo(info: TemplateInfo, known: CanonicalTemplate): CanonicalTemplate {
  const returned = TEMPLATE_PROPERTIES.map((name) => [name, info[fieldOf(name)]] as const);
  const kept = ["recordExceptionLevels", ...WRITE_ONLY.map(({ property }) => property)] as readonly string[];
  return canonicalTemplate(
    Object.fromEntries(
      returned.map(([name, value]) => [name, value ?? (kept.includes(name) ? known[name] : undefined)]),
    ),
  );
}

/**
 * Returns whether a template has a URL that the API does not return, so that it cannot be compared with the
 * one in the cloud.
 */
export function isUnreadable(info: TemplateInfo, wanted: CanonicalTemplate): boolean {
  return WRITE_ONLY.some(({ property, urlField }) => wanted[property] !== undefined && info[urlField] === undefined);
}
