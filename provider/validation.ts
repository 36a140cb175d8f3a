import type { dynamic } from "@pulumi/pulumi";
import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";
import { withoutUrlSecrets } from "./redaction";

/** What the engine sends in a preview for a value that is not known yet, whatever its type. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Properties as they come from the engine. */
export type Properties = Readonly<Record<string, unknown>>;

/** Whether a value is unknown, or has something unknown inside. */
export function isUnknown(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return value === UNKNOWN;
  return Object.values(value).some(isUnknown);
}

/** Properties without what the engine adds, and without what counts as not set: `""` and `null`. */
export function present(properties: Properties): Record<string, unknown> {
  const set = ([name, value]: [string, unknown]) =>
    name !== "__provider" && value !== undefined && value !== null && value !== "";
  return Object.fromEntries(Object.entries(properties).filter(set));
}

/** Properties without those that are `undefined`: the host cannot encode them. */
export function defined(properties: Properties): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}

/** What a check found: the canonical inputs, and every reason why they are refused. */
export interface ValidationResult {
  inputs: Record<string, unknown>;
  reasons: string[];
}

/**
 * The schema of each property; the message of all its problems is its limit. No schema of an object: that would have to
 * be made anew for each set of unknown values, and making one takes longer than all the checks.
 */
export type PropertySchemas = Readonly<Record<string, z.ZodType>>;

const ANYTHING = z.unknown();

/**
 * Validates properties against the limit of each. Unknown values pass. All problems are found at once; none of them shows
 * a value that could be a secret.
 */
export function validate(limits: PropertySchemas, properties: Properties): ValidationResult {
  const given = present(properties);
  const inputs: Record<string, unknown> = {};
  const reasons: string[] = [];
  for (const [name, limit] of Object.entries(limits)) {
    const value = given[name];
    const parsed = (isUnknown(value) ? ANYTHING : limit).safeParse(value);
    if (!parsed.success) reasons.push(...parsed.error.issues.map(({ message }) => explain(name, message, given)));
    else if (parsed.data !== undefined) inputs[name] = parsed.data;
  }
  const others = Object.keys(given).filter((name) => !Object.hasOwn(limits, name));
  reasons.push(...others.map((name) => unknownProperty(name, Object.keys(limits))));
  return reasons.length > 0 ? { inputs: given, reasons: [...new Set(reasons)] } : { inputs, reasons };
}

/** The engine prints the value of a property that a failure names, secrets included: so the reason names it instead. */
export function failures(reasons: readonly string[]): dynamic.CheckFailure[] {
  return reasons.map((reason) => ({ property: "", reason }));
}

function explain(name: string, limit: string, given: Properties): string {
  if (!(name in given)) return `${name} is missing: it must be ${limit}`;
  return `${name} must be ${limit}; given: ${describe(name, given[name])}`;
}

/** Made by the constructor, not by a user: never suggested. */
const INTERNAL = ["automaticName", "declaredBy"];

/** Which resource of the program these properties are of: the constructor makes it from the URN. */
export const ownerOf = ({ declaredBy }: Properties): string => String(declaredBy ?? "");

function unknownProperty(name: string, all: readonly string[]): string {
  const names = all.filter((known) => !INTERNAL.includes(known));
  const near = closest(
    name.toLowerCase(),
    names.map((known) => known.toLowerCase()),
  );
  const suggestion = names.find((known) => known.toLowerCase() === near) ?? "";
  const likely = distance(name.toLowerCase(), near) <= Math.max(2, name.length / 4);
  return `${name} is not a property of this resource${likely ? `; did you mean ${suggestion}?` : ""}`;
}

const SHOWN_CHARACTERS = 60;

/** A value as a message may show it. */
function describe(name: string, value: unknown): string {
  if (name === "callbackKey") {
    return typeof value === "string" ? `${[...value].length} characters (not shown)` : `a ${typeof value} (not shown)`;
  }
  if (typeof value !== "string") return name.endsWith("Url") ? `a ${typeof value}` : JSON.stringify(value);
  const characters = [...(name.endsWith("Url") ? withoutUrlSecrets(value) : value)];
  if (characters.length <= SHOWN_CHARACTERS) return JSON.stringify(characters.join(""));
  return `${JSON.stringify(characters.slice(0, SHOWN_CHARACTERS).join(""))}… (${[...value].length} characters)`;
}
