/**
 * The placeholder for a value that is not known yet, as in a preview. It replaces a value of any type, or a
 * part of one.
 */
export const UNKNOWN = Symbol("unknown");

/** Properties of a resource, as a host passes them: plain values and {@link UNKNOWN}. */
export type Properties = Readonly<Record<string, unknown>>;

/** Returns whether a value is unknown or contains an unknown one. */
export function isUnknown(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return value === UNKNOWN;
  return Object.values(value).some(isUnknown);
}

/** Returns whether a value counts as set; `""` and `null` do not. */
export const isSet = (value: unknown): boolean => value !== undefined && value !== null && value !== "";

/** Returns the properties that are set. */
export function present(properties: Properties): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => isSet(value)));
}

/** Returns the properties without those that are `undefined`, which a host cannot encode. */
export function defined(properties: Properties): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}

/** Converts a value to a number; `undefined` where it is not known yet. */
export const knownNumber = (value: unknown): number | undefined => (isUnknown(value) ? undefined : Number(value));
