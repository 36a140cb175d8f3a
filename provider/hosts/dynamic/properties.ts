import { defined, type Properties, UNKNOWN } from "../../properties";

/** What the engine sends in a preview for a value that is not known yet, whatever its type. */
export const UNKNOWN_SENTINEL = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/**
 * What the constructors in `sdk/dynamic/` and Pulumi's host add to the properties of a program; part of every state.
 *
 * - `__provider`: the provider stub, without which the engine could never delete the resource.
 * - `declaredBy`: which resource of the program this is.
 * - `automaticName`: the name that the constructor made where the program gives none. One that a resource was made with
 *   stays, also when it is renamed with an alias.
 */
export type HiddenName = "__provider" | "declaredBy" | "automaticName";

export type Hidden = { readonly [Name in HiddenName]?: string | undefined };

/** The properties that a program gave, with {@link UNKNOWN} for what is not known yet, and apart from them the hidden ones. */
export function decode(
  properties: Properties,
  hiddenNames: readonly HiddenName[],
): { own: Properties; hidden: Hidden } {
  // What is missing altogether is left to the core, whose errors have one form.
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

/** Properties as the engine keeps them, without those that are `undefined`: Pulumi's host cannot encode them. */
export function encode(own: Properties, hidden: Hidden): Record<string, unknown> {
  return defined({ ...(replaced(own, UNKNOWN, UNKNOWN_SENTINEL) as Properties), ...hidden });
}

/** A copy of a value with another in the place of one, at any depth. */
function replaced(value: unknown, one: unknown, other: unknown): unknown {
  if (value === one) return other;
  if (Array.isArray(value)) return value.map((member) => replaced(member, one, other));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, replaced(member, one, other)]));
}
