import { z } from "zod";
import { NAME_CHARACTERS, RECORD_EXCEPTION_LEVELS, TEMPLATE_LIMITS } from "../../api/contract/limits";
import { isSet, isUnknown, type Properties, present } from "../../properties";
import { type CheckFailure, type ValidationResult, validate } from "../../validation";
import { type CanonicalTemplate, canonicalTemplate, URL_PROPERTIES } from "./canonical";

/** Checked inputs of a callback template. */
export type CallbackTemplateInputs = CanonicalTemplate & {
  templateName: string;
  /** Take over an existing template: `true` for the one of this name, or its id. */
  adopt?: true | number;
};

const CHARACTERS = "Chinese characters, letters, digits, _ and -";
const characters = (text: string): number => [...text].length;

const text = (limit: string, accepts: (value: string) => boolean) =>
  z.string({ error: limit }).refine(accepts, { error: limit });

const consoleText = (most: number) =>
  text(`1 to ${most} ${CHARACTERS}`, (value) => characters(value) <= most && NAME_CHARACTERS.test(value));

const apiText = (most: number) => text(`at most ${most} bytes`, (value) => Buffer.byteLength(value) <= most);

const callbackUrl = text("an absolute http or https URL with a host and without spaces", (value) => {
  // A URL of these schemes cannot be parsed without a host.
  return /^https?:\/\/[^/?#\s]/i.test(value) && !/\s/.test(value) && URL.canParse(value);
});

const LEVELS_LIMIT = "a list with one or more of error, warning (or alarm, the console's word for it) and info";
const ADOPT_LIMIT = "true, false or the id of a template (a positive integer)";
const level = z.enum([...RECORD_EXCEPTION_LEVELS, "alarm"], { error: LEVELS_LIMIT });

const ANY_TEXT = z.string();

const { console: consoleLimits, api: apiLimits } = TEMPLATE_LIMITS;
const KEY_LIMIT = `at most ${consoleLimits.callbackKey} letters and digits`;
const KEY = new RegExp(`^[A-Za-z0-9]{1,${consoleLimits.callbackKey}}$`);

const SCHEMAS = {
  templateName: consoleText(consoleLimits.templateName),
  description: consoleText(consoleLimits.description).optional(),
  callbackKey: text(KEY_LIMIT, (value) => KEY.test(value)).optional(),
  ...Object.fromEntries(URL_PROPERTIES.map((name) => [name, callbackUrl.optional()])),
  recordExceptionLevels: z.array(level, { error: LEVELS_LIMIT }).min(1, { error: LEVELS_LIMIT }).optional(),
  adopt: z.union([z.boolean(), z.int().positive({ error: ADOPT_LIMIT })], { error: ADOPT_LIMIT }).optional(),
};

/** With `adopt` only the API's own limits count: a template from another tool must be adoptable as it is. */
const ADOPTING_SCHEMAS = {
  ...SCHEMAS,
  templateName: apiText(apiLimits.templateName),
  description: apiText(apiLimits.description).optional(),
};

/**
 * Checks the inputs of a callback template and converts them to canonical form. Where the program gives no
 * name, the template has the automatic one.
 *
 * Limits of names, description and key are the console's,
 * https://www.tencentcloud.com/document/product/267/31074; those of the API, and that there must be a URL,
 * are from `CreateLiveCallbackTemplate`.
 */
export function checkCallbackTemplate(olds: Properties, news: Properties, autoName?: string): ValidationResult {
  const given = present(news);
  const named = autoName === undefined || isSet(given["templateName"]) ? given : { ...given, templateName: autoName };
  // The template's current name and description were accepted before, and stay valid.
  const unchanged = ["templateName", "description"].filter(
    (name) => named[name] !== undefined && named[name] === olds[name],
  );
  const schemas = named["adopt"] !== undefined && named["adopt"] !== false ? ADOPTING_SCHEMAS : SCHEMAS;
  const relaxed = Object.fromEntries(unchanged.map((name) => [name, ANY_TEXT]));
  const { inputs, failures } = validate({ ...schemas, ...relaxed }, named);
  const all = [...failures, ...crossChecks(named)];
  return all.length > 0 ? { inputs: { ...news }, failures: all } : { inputs: withUnknowns(inputs), failures: [] };
}

function crossChecks(given: Properties): CheckFailure[] {
  const failures: CheckFailure[] = [];
  if (!URL_PROPERTIES.some((name) => given[name] !== undefined)) {
    const reason = `at least one callback URL must be set: ${URL_PROPERTIES.join(", ")}; given: none`;
    failures.push({ property: "", reason });
  }
  const { recordExceptionLevels: levels, recordExceptionNotifyUrl: url } = given;
  if (levels !== undefined && url === undefined) {
    const shown = isUnknown(levels) ? "levels that are not known yet" : JSON.stringify(levels);
    const reason = `recordExceptionLevels must come with recordExceptionNotifyUrl; given: ${shown} without that URL`;
    failures.push({ property: "recordExceptionLevels", reason });
  }
  return failures;
}

function withUnknowns(inputs: Properties): Record<string, unknown> {
  const { adopt } = inputs;
  const unknown = Object.entries(inputs).filter(([, value]) => isUnknown(value));
  return {
    ...canonicalTemplate(inputs),
    ...(adopt !== undefined && adopt !== false && { adopt }),
    ...Object.fromEntries(unknown),
  };
}
