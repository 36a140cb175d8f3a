import { defined, type Properties, UNKNOWN } from "../../properties";

/** The text that the engine sends in a preview in place of an unknown value of any type. */
export const UNKNOWN_SENTINEL = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/**
 * The properties that the constructors in `sdk/dynamic/` and Pulumi's host add to those of a program. They
 * are part of every state.
 *
 * - `__provider`: the provider stub. Without it the engine could not delete the resource.
 * - `declaredBy`: identifies the resource in the program.
 * - `automaticName`: the name that the constructor creates if the program gives no name. A resource keeps the
 *   name it was created with, also after a rename with an alias.
 */
export type HiddenName = "__provider" | "declaredBy" | "automaticName";

export type Hidden = { readonly [Name in HiddenName]?: string | undefined };

/** Separates the properties of the program, with {@link UNKNOWN} for unknown values, from the hidden ones. */
export function decode(
  properties: Properties,
  hiddenNames: readonly HiddenName[],
): { own: Properties; hidden: Hidden } {
  // The core reports missing properties like its other errors.
  if (!properties) return { own: properties, hidden: {} };
  const isHidden = (name: string) => (hiddenNames as readonly string[]).includes(name);
  const entries = Object.entries(properties);
  const own = entries.filter(([name]) => !isHidden(name));
  const hidden = entries.filter(([name, value]) => isHidden(name) && typeof value === "string");
  return {
    own: replaced(Object.fromEntries(own), UNKNOWN_SENTINEL, UNKNOWN) as Properties,
    hidden: Object.fromEntries(hidden),
  };
}

/**
 * Converts properties to the form that the engine keeps. Omits `undefined` values, which Pulumi's host cannot
 * encode.
 */
export function encode(own: Properties, hidden: Hidden): Record<string, unknown> {
  return defined({ ...(replaced(own, UNKNOWN, UNKNOWN_SENTINEL) as Properties), ...hidden });
}

/** Copies a value and replaces `one` by `other` at any depth. */
function replaced(value: unknown, one: unknown, other: unknown): unknown {
  if (value === one) return other;
  if (Array.isArray(value)) return value.map((member) => replaced(member, one, other));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, replaced(member, one, other)]));
}
