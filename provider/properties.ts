/** A value that is not known yet, as in a preview; it may stand for, or within, a value of any type. */
export const UNKNOWN = Symbol("unknown");

/** Properties of a resource, as a host hands them over: plain values, and {@link UNKNOWN}. */
export type Properties = Readonly<Record<string, unknown>>;

/** Whether a value is unknown, or has something unknown inside. */
export function isUnknown(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return value === UNKNOWN;
  return Object.values(value).some(isUnknown);
}

/** Whether a value counts as set; `""` and `null` do not. */
export const isSet = (value: unknown): boolean => value !== undefined && value !== null && value !== "";

/** The properties that are set. */
export function present(properties: Properties): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => isSet(value)));
}

/** Properties without those that are `undefined`: a host cannot encode them. */
export function defined(properties: Properties): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}

/** A value as a number; `undefined` where it is not known yet. */
export const knownNumber = (value: unknown): number | undefined => (isUnknown(value) ? undefined : Number(value));
