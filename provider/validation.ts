import { z } from "zod";
import { isUnknown, type Properties, present } from "./properties";
import { withoutUrlSecrets } from "./redaction";
import { suggestion } from "./suggestion";

/**
 * A reason to reject inputs. `property` is `""` where several are concerned; `reason` is a clause that also
 * names the property.
 */
export interface CheckFailure {
  property: string;
  reason: string;
}

/** The result of a check: the canonical inputs, and every reason to reject them. */
export interface ValidationResult {
  inputs: Record<string, unknown>;
  failures: CheckFailure[];
}

/**
 * The schema of each property; the message of every issue is the property's limit. They are not combined into
 * an object schema, which would have to be built for each set of unknown values: building one takes longer
 * than all the checks.
 */
export type PropertySchemas = Readonly<Record<string, z.ZodType>>;

const ANYTHING = z.unknown();

/**
 * Validates properties against their schemas. Unknown values pass. Reports all failures at once, without
 * values that could be secrets.
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
  return `${name} must be ${limit}; given: ${describeValue(name, given[name])}`;
}

function unknownProperty(name: string, known: readonly string[]): string {
  const near = suggestion(name, known);
  return `${name} is not a property of this resource${near ? `; did you mean ${near}?` : ""}`;
}

const SHOWN_CHARACTERS = 60;

/** Formats a value for a message, without secrets. */
export function describeValue(name: string, value: unknown): string {
  if (name === "callbackKey") {
    return typeof value === "string" ? `${[...value].length} characters (not shown)` : `a ${typeof value} (not shown)`;
  }
  if (typeof value !== "string") return name.endsWith("Url") ? `a ${typeof value}` : JSON.stringify(value);
  const characters = [...(name.endsWith("Url") ? withoutUrlSecrets(value) : value)];
  if (characters.length <= SHOWN_CHARACTERS) return JSON.stringify(characters.join(""));
  return `${JSON.stringify(characters.slice(0, SHOWN_CHARACTERS).join(""))}… (${[...value].length} characters)`;
}
