import { CALLBACK_EVENTS, type UrlField, type UrlProperty } from "../../api/contract/events";
import { canonicalLevel, DEFAULT_RECORD_EXCEPTION_LEVELS, type RecordExceptionLevel } from "../../api/contract/limits";
import type { Request, TemplateInfo } from "../../api/contract/live";
import { isUnknown, type Properties, present } from "../../properties";

const EVENTS = Object.values(CALLBACK_EVENTS);

/** The URL properties, one for each kind of event, in the order of the console. */
export const URL_PROPERTIES = EVENTS.map(({ property }) => property);

const TEXT_PROPERTIES = ["templateName", "description", "callbackKey", ...URL_PROPERTIES] as const;
type TextProperty = (typeof TEXT_PROPERTIES)[number];

/** The properties of a template in the cloud. A difference in any of them is a change. */
export const TEMPLATE_PROPERTIES = [...TEXT_PROPERTIES, "recordExceptionLevels"] as const;
export type TemplateProperty = (typeof TEMPLATE_PROPERTIES)[number];

/**
 * A template in canonical form. Unset properties are absent, except for the key, which is `""`. Levels are
 * sorted.
 */
export type CanonicalTemplate = { [P in TextProperty]?: string } & {
  callbackKey: string;
  recordExceptionLevels?: RecordExceptionLevel[];
};

/** Converts inputs, a state of any version or an API response to the canonical form of a template. */
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

/** Returns the names of the properties in which two templates differ. */
export function differences(one: CanonicalTemplate, other: CanonicalTemplate): TemplateProperty[] {
  return TEMPLATE_PROPERTIES.filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]));
}

/** The API field for each property. */
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

const fieldOf = (name: TemplateProperty) => FIELDS[name];

/** Returns the fields that a create sends: those that are set, under their API names. */
export function createFields(template: CanonicalTemplate): Omit<Request<"CreateLiveCallbackTemplate">, "TemplateName"> {
  const set = TEMPLATE_PROPERTIES.filter((name) => template[name] !== undefined && template[name] !== "");
  return Object.fromEntries(set.map((name) => [fieldOf(name), template[name]]));
}

/**
 * Returns the fields that a modify sends, under their API names. Cleared fields are `""` or `[]`. The name
 * and a field that the API does not return are omitted unless the state or the program sets them: a template
 * without a name keeps none, and the field may have been set in the console.
 */
export function modifyFields(
  before: CanonicalTemplate,
  wanted: CanonicalTemplate,
): Omit<Request<"ModifyLiveCallbackTemplate">, "TemplateId"> {
  const isUnset = (name: TextProperty) => before[name] === undefined && wanted[name] === undefined;
  const isOmittable = (name: TextProperty) => name === "templateName" || isWriteOnly(name);
  const texts = TEXT_PROPERTIES.filter((name) => !(isOmittable(name) && isUnset(name)));
  return {
    ...Object.fromEntries(texts.map((name) => [fieldOf(name), wanted[name] ?? ""])),
    RecordExceptionLevels: wanted.recordExceptionLevels ?? [],
  };
}

/** The fields that the older API model of the international site lacks. */
export const NEWER_FIELDS: ReadonlySet<string> = new Set([
  ...EVENTS.filter(({ apiModel }) => apiModel === "current").map(({ urlField }) => urlField),
  "RecordExceptionLevels",
]);

const WRITE_ONLY: readonly string[] = EVENTS.filter(({ returned }) => !returned).map(({ property }) => property);
/** Returns whether the API accepts a property but does not return it. */
export const isWriteOnly = (name: string): boolean => WRITE_ONLY.includes(name);

/**
 * Converts a template from the API to canonical form. Fields that the API does not return come from `known`:
 * URLs that the published model lacks, and the levels on older endpoints.
 */
export function fromTemplateInfo(info: TemplateInfo, known: CanonicalTemplate): CanonicalTemplate {
  const returned = TEMPLATE_PROPERTIES.map((name) => [name, info[fieldOf(name)]] as const);
  const isKept = (name: string) => name === "recordExceptionLevels" || isWriteOnly(name);
  return canonicalTemplate(
    Object.fromEntries(returned.map(([name, value]) => [name, value ?? (isKept(name) ? known[name] : undefined)])),
  );
}
