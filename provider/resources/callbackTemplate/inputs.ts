import { z } from "zod";
import { ACCEPTED_RECORD_EXCEPTION_LEVELS, NAME_CHARACTERS, TEMPLATE_LIMITS } from "../../api/contract/limits";
import { isUnknown, type Properties, present, UNKNOWN } from "../../properties";
import { type CheckFailure, type ValidationResult, validate } from "../../validation";
import { own, words } from "../../words";
import { type CanonicalTemplate, canonicalTemplate, URL_PROPERTIES } from "./canonical";

/**
 * Checked inputs of a callback template. Without `templateName`, a template adopted by its id keeps its name.
 */
export type CallbackTemplateInputs = CanonicalTemplate & {
  /** Takes over an existing template: `true` for the template of this name, or the id of a template. */
  adopt?: true | number;
  /** Changes the adopted template to match the program. */
  adoptOverwrite?: true;
};

/** Inputs with the name of the template. `keepsName` marks the name that it had when it was adopted. */
export type NamedInputs = CallbackTemplateInputs & { templateName: string; keepsName?: true };

/** Adds the name that a template keeps to inputs without a name. */
export function withName(inputs: CallbackTemplateInputs, ownName = ""): NamedInputs {
  const { templateName } = inputs;
  return templateName === undefined
    ? { ...inputs, templateName: ownName, keepsName: true }
    : { ...inputs, templateName };
}

/** Returns the properties in the state of a resource that are not part of its template. */
export function besideTemplate({ adopt, adoptOverwrite, keepsName }: Properties) {
  return { adopt, adoptOverwrite, keepsName };
}

const CHARACTERS = "Chinese characters, letters, digits, _ and -";
const characters = (text: string): number => [...text].length;

const text = (limit: string, accepts: (value: string) => boolean) =>
  z.string({ error: limit }).refine(accepts, { error: limit });

const consoleText = (most: number) =>
  text(`1 to ${most} ${CHARACTERS}`, (value) => characters(value) <= most && NAME_CHARACTERS.test(value));

const apiText = (most: number) => text(`at most ${most} bytes`, (value) => Buffer.byteLength(value) <= most);

const callbackUrl = text("an absolute http or https URL with a host and without spaces", (value) => {
  // A URL of these schemes cannot be parsed if it has no host.
  return /^https?:\/\/[^/?#\s]/i.test(value) && !/\s/.test(value) && URL.canParse(value);
});

const LEVELS_LIMIT = "a list with one or more of error, warning (or alarm, the console's word for it) and info";
const ADOPT_LIMIT = "true, false or the id of a template (a positive integer)";
const level = z.enum(ACCEPTED_RECORD_EXCEPTION_LEVELS, { error: LEVELS_LIMIT });

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
  adoptOverwrite: z.boolean({ error: "true or false" }).optional(),
};

/** The names of all inputs. */
export const INPUT_NAMES: readonly string[] = Object.keys(SCHEMAS);

/**
 * With `adopt`, only the API's limits apply, so that a template from another tool can be adopted unchanged.
 */
const ADOPTING_SCHEMAS = {
  ...SCHEMAS,
  templateName: apiText(apiLimits.templateName),
  description: apiText(apiLimits.description).optional(),
  callbackKey: z.string({ error: "text" }).optional(),
};

/**
 * Checks the inputs of a callback template and converts them to canonical form. If the program gives no name,
 * the template gets the automatic name, or keeps its own if it was adopted by its id.
 *
 * The limits of name, description and key are those of the console,
 * https://www.tencentcloud.com/document/product/267/31074. The limits of the API, and the requirement of a
 * URL, come from `CreateLiveCallbackTemplate`.
 */
export function checkCallbackTemplate(olds: Properties, news: Properties, autoName?: string): ValidationResult {
  const given = present(news);
  const keepsName = given["templateName"] === undefined && keepsItsName(olds, given);
  // Whether a template under a new resource keeps its name depends on `adopt`.
  const ownName = isNew(olds) && isUnknown(given["adopt"]) ? UNKNOWN : autoName;
  const named = keepsName ? given : present({ templateName: ownName, ...given });
  // The current name, description and key of the template were accepted before and stay valid.
  const unchanged = ["templateName", "description", "callbackKey"].filter(
    (name) => named[name] !== undefined && named[name] === olds[name],
  );
  const schemas = isAdopting(named) ? ADOPTING_SCHEMAS : SCHEMAS;
  const relaxed = {
    ...Object.fromEntries(unchanged.map((name) => [name, ANY_TEXT])),
    ...(keepsName && { templateName: z.undefined() }),
  };
  const { inputs, failures } = validate({ ...schemas, ...relaxed }, named);
  const all = [...failures, ...nameToAdopt(olds, given), ...crossChecks(named)];
  return all.length > 0 ? { inputs: { ...news }, failures: all } : { inputs: withUnknowns(inputs), failures: [] };
}

const isAdopting = ({ adopt }: Properties): boolean => adopt !== undefined && adopt !== false;

/**
 * Returns whether a template without a name in the program keeps its name in the cloud: it is being adopted
 * by its id, or was, in which case its inputs in the state have no name.
 */
function keepsItsName(olds: Properties, { adopt }: Properties): boolean {
  return isNew(olds) ? typeof adopt === "number" : olds["templateName"] === undefined;
}

/** Returns whether a resource with these inputs in the state is new: it has none. */
export const isNew = (olds: Properties): boolean => Object.keys(olds).length === 0;

/** Rejects `adopt: true` without a name: no existing template has the new automatic name. */
function nameToAdopt(olds: Properties, { adopt, templateName }: Properties): CheckFailure[] {
  if (!isNew(olds) || adopt !== true || templateName !== undefined) return [];
  const reason = own(
    "adopt: true finds a template by its templateName, which is missing; " +
      "set it, or set adopt to the id of the template",
  );
  return [{ property: "adopt", reason }];
}

function crossChecks(given: Properties): CheckFailure[] {
  const failures: CheckFailure[] = [];
  if (given["adoptOverwrite"] === true && !isAdopting(given)) {
    const reason = words`adoptOverwrite must come with adopt; given: true without adopt`;
    failures.push({ property: "adoptOverwrite", reason });
  }
  if (!URL_PROPERTIES.some((name) => given[name] !== undefined)) {
    const reason = own(`at least one callback URL must be set: ${URL_PROPERTIES.join(", ")}; given: none`);
    failures.push({ property: "", reason });
  }
  const { recordExceptionLevels: levels, recordExceptionNotifyUrl: url } = given;
  if (levels !== undefined && url === undefined) {
    const shown = isUnknown(levels) ? own("levels that are not known yet") : JSON.stringify(levels);
    const reason = words`recordExceptionLevels must come with recordExceptionNotifyUrl; given: ${shown} without that URL`;
    failures.push({ property: "recordExceptionLevels", reason });
  }
  return failures;
}

function withUnknowns(inputs: Properties): Record<string, unknown> {
  const { adopt, adoptOverwrite } = inputs;
  const unknown = Object.entries(inputs).filter(([, value]) => isUnknown(value));
  return {
    ...canonicalTemplate(inputs),
    ...(isAdopting(inputs) && { adopt }),
    ...(adoptOverwrite === true && { adoptOverwrite }),
    ...Object.fromEntries(unknown),
  };
}
