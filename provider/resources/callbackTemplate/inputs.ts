import { z } from "zod";
import type { RecordExceptionLevel } from "../../api/contract/limits";
import type { Request, TemplateInfo } from "../../api/contract/live";
import { defined, isUnknown, type Properties, present, type ValidationResult, validate } from "../../validation";

/** The URL properties, one for each kind of event, in the order of the console. */
export const URL_PROPERTIES = [
  "streamBeginNotifyUrl",
  "streamEndNotifyUrl",
  "recordNotifyUrl",
  "recordStatusNotifyUrl",
  "snapshotNotifyUrl",
  "pornCensorshipNotifyUrl",
  "pushExceptionNotifyUrl",
  "recordExceptionNotifyUrl",
  "audioAuditNotifyUrl",
] as const;

const TEXT_PROPERTIES = ["templateName", "description", "callbackKey", ...URL_PROPERTIES] as const;
type TextProperty = (typeof TEXT_PROPERTIES)[number];

/** The properties that make up a template in the cloud; a difference in any of them is a change. */
export const TEMPLATE_PROPERTIES = [...TEXT_PROPERTIES, "recordExceptionLevels"] as const;

/** A template in canonical form: what is not set is absent, but for the key, which is then `""`; levels are sorted. */
export type CanonicalTemplate = { [P in TextProperty]?: string } & {
  callbackKey: string;
  recordExceptionLevels?: RecordExceptionLevel[];
};

/** Checked inputs of a callback template. */
export type CallbackTemplateInputs = CanonicalTemplate & {
  templateName: string;
  /** The name that the constructor made; set when the program gives none. */
  automaticName?: string;
  /** Which resource of the program this is. */
  declaredBy?: string;
  /** Take over an existing template: `true` for the one of this name, or its id. */
  adopt?: true | number;
};

const CONSOLE_CHARACTERS = /^[\p{Script=Han}A-Za-z0-9_-]+$/u;
const CHARACTERS = "Chinese characters, letters, digits, _ and -";
const characters = (text: string): number => [...text].length;

const text = (limit: string, accepts: (value: string) => boolean) =>
  z.string({ error: limit }).refine(accepts, { error: limit });

const consoleText = (most: number) =>
  text(`1 to ${most} ${CHARACTERS}`, (value) => characters(value) <= most && CONSOLE_CHARACTERS.test(value));

const apiText = (most: number) => text(`at most ${most} bytes`, (value) => Buffer.byteLength(value) <= most);

const callbackUrl = text("an absolute http or https URL with a host and without spaces", (value) => {
  // A URL of these schemes cannot be parsed without a host.
  return /^https?:\/\/[^/?#\s]/i.test(value) && !/\s/.test(value) && URL.canParse(value);
});

const LEVELS_LIMIT = "a list with one or more of error, warning (or alarm, the console's word for it) and info";
const ADOPT_LIMIT = "true, false or the id of a template (a positive integer)";
const level = z.enum(["error", "warning", "alarm", "info"], { error: LEVELS_LIMIT });

const ANY_TEXT = z.string();

const LIMITS = {
  templateName: consoleText(30),
  automaticName: ANY_TEXT.optional(),
  declaredBy: ANY_TEXT.optional(),
  description: consoleText(100).optional(),
  callbackKey: text("at most 32 letters and digits", (value) => /^[A-Za-z0-9]{1,32}$/.test(value)).optional(),
  ...Object.fromEntries(URL_PROPERTIES.map((name) => [name, callbackUrl.optional()])),
  recordExceptionLevels: z.array(level, { error: LEVELS_LIMIT }).min(1, { error: LEVELS_LIMIT }).optional(),
  adopt: z.union([z.boolean(), z.int().positive({ error: ADOPT_LIMIT })], { error: ADOPT_LIMIT }).optional(),
};

/** With `adopt` only the API's own limits count: what another tool made must be adoptable as it is. */
const ADOPTING_LIMITS = { ...LIMITS, templateName: apiText(255), description: apiText(1024).optional() };

/**
 * Checks the inputs of a callback template and brings them to canonical form.
 *
 * Limits of names, description and key are the console's, https://www.tencentcloud.com/document/product/267/31074;
 * those of the API, and that there must be a URL, are from `CreateLiveCallbackTemplate`.
 */
export function checkCallbackTemplate(olds: Properties, news: Properties): ValidationResult {
  const named = withName(present(olds), present(news));
  // What the template is already called, and described as, was accepted once and needs no change now.
  const unchanged = ["templateName", "description"].filter(
    (name) => named[name] !== undefined && named[name] === olds[name],
  );
  const limits = named["adopt"] !== undefined && named["adopt"] !== false ? ADOPTING_LIMITS : LIMITS;
  const relaxed = Object.fromEntries(unchanged.map((name) => [name, ANY_TEXT]));
  const { inputs, reasons } = validate({ ...limits, ...relaxed }, named);
  const all = [...reasons, ...crossChecks(named)];
  if (all.length > 0) return { inputs: { ...news }, reasons: all };
  return { inputs: withUnknowns(inputs), reasons: [] };
}

/** A template keeps the automatic name it was made with, also when its resource is renamed with an alias. */
function withName(olds: Properties, news: Properties): Record<string, unknown> {
  const { automaticName, ...rest } = news;
  if (rest["templateName"] !== undefined || automaticName === undefined) return rest;
  const name = olds["automaticName"] ?? automaticName;
  return { ...rest, templateName: name, automaticName: name };
}

function crossChecks(given: Properties): string[] {
  const reasons: string[] = [];
  if (!URL_PROPERTIES.some((name) => given[name] !== undefined)) {
    reasons.push(`at least one callback URL must be set: ${URL_PROPERTIES.join(", ")}; given: none`);
  }
  if (given["recordExceptionLevels"] !== undefined && given["recordExceptionNotifyUrl"] === undefined) {
    const levels = JSON.stringify(given["recordExceptionLevels"]);
    reasons.push(`recordExceptionLevels must come with recordExceptionNotifyUrl; given: ${levels} without that URL`);
  }
  return reasons;
}

function withUnknowns(inputs: Properties): Record<string, unknown> {
  const unknown = Object.entries(inputs).filter(([, value]) => isUnknown(value));
  const { automaticName, declaredBy, adopt } = inputs;
  return {
    ...canonicalTemplate(inputs),
    ...defined({ automaticName, declaredBy }),
    ...(adopt !== undefined && adopt !== false && { adopt }),
    ...Object.fromEntries(unknown),
  };
}

/** The canonical form of a template, from inputs, from a state of any version or from what the API returned. */
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
  const given = Array.isArray(levels) && levels.length > 0 ? levels : ["error"];
  const known = given.map((name) => (name === "alarm" ? "warning" : name));
  return [...new Set(known)].sort() as RecordExceptionLevel[];
}

/** The names of the properties in which two templates differ. */
export function differences(one: CanonicalTemplate, other: CanonicalTemplate): (typeof TEMPLATE_PROPERTIES)[number][] {
  return TEMPLATE_PROPERTIES.filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]));
}

const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** The fields that are set, in the API's spelling: what a create sends. */
export function createFields(template: CanonicalTemplate): Omit<Request<"CreateLiveCallbackTemplate">, "TemplateName"> {
  const set = TEMPLATE_PROPERTIES.filter((name) => template[name] !== undefined && template[name] !== "");
  return Object.fromEntries(set.map((name) => [capitalised(name), template[name]]));
}

/** All fields, in the API's spelling, the cleared ones as `""` or `[]`: what a modify sends. */
export function modifyFields(template: CanonicalTemplate): Omit<Request<"ModifyLiveCallbackTemplate">, "TemplateId"> {
  const texts = TEXT_PROPERTIES.map((name) => [capitalised(name), template[name] ?? ""]);
  return { ...Object.fromEntries(texts), RecordExceptionLevels: template.recordExceptionLevels ?? [] };
}

/**
 * A template as the API returned it, in canonical form. What the published model does not return is taken from
 * `known`, where the answer leaves it out: `RecordStatusNotifyUrl`, and the levels on older endpoints.
 */
export function fromTemplateInfo(info: TemplateInfo, known: CanonicalTemplate): CanonicalTemplate {
  const returned = Object.fromEntries(
    TEMPLATE_PROPERTIES.map((name) => [name, info[capitalised(name) as keyof TemplateInfo]]),
  );
  return canonicalTemplate({
    ...returned,
    recordStatusNotifyUrl: returned["recordStatusNotifyUrl"] ?? known.recordStatusNotifyUrl,
    recordExceptionLevels: returned["recordExceptionLevels"] ?? known.recordExceptionLevels,
  });
}
