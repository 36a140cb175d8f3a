import { z } from "zod";
import { isUnknown, type Properties, present } from "./properties";
import { withoutUrlSecrets } from "./redaction";
import { suggestion } from "./suggestion";

/** Why a property is refused: its name, `""` where it is about several, and a clause that says everything by itself. */
export interface CheckFailure {
  property: string;
  reason: string;
}

/** What a check found: the canonical inputs, and every reason why they are refused. */
export interface ValidationResult {
  inputs: Record<string, unknown>;
  failures: CheckFailure[];
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
export function validate(schemas: PropertySchemas, properties: Properties): ValidationResult {
  const given = present(properties);
  const inputs: Record<string, unknown> = {};
  const failures = new Map<string, CheckFailure>();
  const fail = (property: string, reason: string) => failures.set(reason, { property, reason });
  for (const [name, schema] of Object.entries(schemas)) {
    const value = given[name];
    const parsed = (isUnknown(value) ? ANYTHING : schema).safeParse(value);
    for (const { message } of parsed.error?.issues ?? []) fail(name, explain(name, message, given));
    if (parsed.data !== undefined) inputs[name] = parsed.data;
  }
  const known = Object.keys(schemas);
  for (const name of Object.keys(given).filter((name) => !known.includes(name))) {
    fail(name, unknownProperty(name, known));
  }
  return { inputs: failures.size > 0 ? given : inputs, failures: [...failures.values()] };
}

function explain(name: string, limit: string, given: Properties): string {
  if (!(name in given)) return `${name} is missing: it must be ${limit}`;
  return `${name} must be ${limit}; given: ${describe(name, given[name])}`;
}

function unknownProperty(name: string, known: readonly string[]): string {
  const near = suggestion(name, known);
  return `${name} is not a property of this resource${near ? `; did you mean ${near}?` : ""}`;
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
