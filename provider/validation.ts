import { z } from "zod";
import { isUnknown, type Properties, present } from "./properties";
import { withoutUrlSecrets } from "./redaction";
import { suggestion } from "./suggestion";
import { own, type Phrase, quoted, type Words, words } from "./words";

/**
 * A reason to reject inputs. `property` is `""` where several are concerned; `reason` is a clause that also
 * names the property.
 */
export interface CheckFailure {
  property: string;
  reason: Phrase;
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
  const fail = (property: string, reason: Words) => failures.set(String(reason), { property, reason });
  for (const [name, schema] of Object.entries(schemas)) {
    const value = given[name];
    const parsed = (isUnknown(value) ? ANYTHING : schema).safeParse(value);
    for (const { message } of parsed.error?.issues ?? []) fail(name, explain(name, message, given));
    if (parsed.data !== undefined) inputs[name] = parsed.data;
  }
  const known = Object.keys(schemas);
  for (const name of Object.keys(given).filter((name) => !known.includes(name))) {
    // No host may show the value of an unknown property: it may be a secret under a mistyped name.
    fail("", unknownProperty(name, known));
  }
  return { inputs: failures.size > 0 ? given : inputs, failures: [...failures.values()] };
}

function explain(name: string, limit: string, given: Properties): Words {
  if (!(name in given)) return own(`${name} is missing: it must be ${limit}`);
  return words`${own(`${name} must be ${limit}`)}; given: ${describeValue(name, given[name])}`;
}

function unknownProperty(name: string, known: readonly string[]): Words {
  const near = suggestion(name, known);
  return words`${name} is not a property of this resource${own(near ? `; did you mean ${near}?` : "")}`;
}

const SHOWN_CHARACTERS = 60;

/** Formats a value for a message, without secrets. */
export function describeValue(name: string, value: unknown): Phrase {
  const isUrl = name.endsWith("Url");
  if (name === "callbackKey") {
    return own(`${typeof value === "string" ? describeKey(value) : `a ${typeof value}`} (not shown)`);
  }
  if (typeof value !== "string") return isUrl ? own(`a ${typeof value}`) : JSON.stringify(value);
  return quoted(isUrl ? withoutUrlSecrets(value) : value, (shown) => {
    const characters = [...shown];
    if (characters.length <= SHOWN_CHARACTERS) return JSON.stringify(shown);
    return `${JSON.stringify(characters.slice(0, SHOWN_CHARACTERS).join(""))}… (${lengthOf(value)})`;
  });
}

/** Names what can be wrong with a key without a character of it. */
function describeKey(key: string): string {
  return lengthOf(key) + (/^[A-Za-z0-9]*$/.test(key) ? "" : ", some of them neither a letter nor a digit");
}

const lengthOf = (text: string): string => `${[...text].length} characters`;
