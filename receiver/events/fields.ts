import type { CallbackEventName, EventType } from "../../provider/api/contract/events";

/** What every event has, whatever its type. */
export interface CallbackEventBase<Type extends CallbackEventName | "unknown"> {
  /** The name of the event, after the template's URL field that it is sent to. Narrows the event. */
  readonly type: Type;
  /** The cloud's number of the event, `event_type`. */
  readonly eventType: Type extends CallbackEventName ? EventType<Type> : number;
  /**
   * Equal for every copy of one event, different for different events: made of the documented ids where there
   * are any, else a digest of the message without `t`, `sign` and `sendTime`, which copies may renew. An id
   * that is empty, or a number that JavaScript has rounded, does not count. At most 200 characters.
   */
  readonly id: string;
  /** The account's APPID, `appid`. */
  readonly appId?: number | undefined;
  /** The push domain. Sent as `app` or `domain`, depending on the event. */
  readonly domainName?: string | undefined;
  /** The push path, the app of a domain binding. Sent as `appname` or `path`, depending on the event. */
  readonly appName?: string | undefined;
  /** The message as it was sent: all its fields, undocumented ones too, in the cloud's own spelling. */
  readonly payload: Readonly<Record<string, unknown>>;
}

/** What an event has beyond its name, number, id and payload: what is read from the message. */
export type FieldsOf<Event> = Omit<Event, "type" | "eventType" | "id" | "payload">;

/** What a reader returns for a value that it does not take. */
export const INVALID: unique symbol = Symbol("invalid");

/** Reads a value of a message in the form that the event has it. */
export type Reader<T> = (value: unknown) => T | typeof INVALID;

/**
 * A reader for each field of a type. A field that may be absent takes any value, so that the type says exactly
 * which fields a message must have; the compiler accepts neither a reader too few nor one of another type.
 */
export type FieldReaders<T> = {
  readonly [Key in keyof T]-?: undefined extends T[Key] ? (value: unknown) => T[Key] : Reader<T[Key]>;
};

/** What was read of an object. */
export interface FieldsRead<T> {
  fields: T;
  /** The names of fields that are required, and are missing or wrong. */
  invalid: readonly string[];
}

/** Reads the fields of an object that have a reader. A field that is absent stays so. */
export function readFields<T>(readers: FieldReaders<T>, object: object): FieldsRead<T> {
  const fields: Record<string, unknown> = {};
  const invalid: string[] = [];
  for (const [name, read] of Object.entries<Reader<unknown>>(readers)) {
    const value: unknown = (object as Record<string, unknown>)[name];
    const field = read(value);
    if (field === INVALID) invalid.push(name);
    else if (field !== undefined || value !== undefined) fields[name] = field;
  }
  return { fields: fields as T, invalid };
}

/** An object with these fields; it loses the others. */
export const objectWith =
  <T>(readers: FieldReaders<T>): Reader<T> =>
  (value) => {
    if (!isObject(value)) return INVALID;
    const { fields, invalid } = readFields(readers, value);
    return invalid.length === 0 ? fields : INVALID;
  };

/** An object with any fields. */
export const anyObject: Reader<Readonly<Record<string, unknown>>> = (value) =>
  isObject(value) ? (value as Record<string, unknown>) : INVALID;

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A list of which each member can be read. */
export const listOf =
  <T>(read: Reader<T>): Reader<T[]> =>
  (value) => {
    if (!Array.isArray(value)) return INVALID;
    const members = value.map(read);
    return members.includes(INVALID) ? INVALID : (members as T[]);
  };

/** Text; a number counts as its digits, since documents and samples disagree on some types. */
export const text: Reader<string> = (value) => {
  if (typeof value === "string") return value;
  return Number.isFinite(value) ? String(value) : INVALID;
};

/** A number, also one sent as text, as `push_duration` is. */
export const number: Reader<number> = (value) => {
  if (typeof value === "string") return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : INVALID;
  return Number.isFinite(value) ? (value as number) : INVALID;
};

/**
 * A field that may be absent. One of another type than documented is left out: that is no reason to lose an
 * event.
 */
export const maybe =
  <T>(read: Reader<T>) =>
  (value: unknown): T | undefined => {
    const field = read(value);
    return field === INVALID ? undefined : field;
  };

/** Text of which some values are documented; others may come. */
export type Open<Known extends string> = Known | (string & {});
export const open = <Known extends string>(): Reader<Open<Known>> => text as Reader<Open<Known>>;

/** JSON inside text, in the spelling of the event's own fields; absent where it is not what is documented. */
export const embedded = <T>(read: Reader<T>): ((value: unknown) => T | undefined) =>
  maybe((value) => (typeof value === "string" ? read(parsedJson(value)) : INVALID));

function parsedJson(json: string): unknown {
  try {
    return camelKeys(JSON.parse(json));
  } catch {
    // Not JSON, or nested beyond the stack.
    return undefined;
  }
}

/** The fields that are the same in every event. */
export const commonFields = { appId: maybe(number), domainName: maybe(text), appName: maybe(text) };

/**
 * The message with its keys in camel case at every level. The cloud mixes `stream_id`, `streamId` and
 * `StreamId`, even `label` and `Label` for one field. `null` means "no value" and is left out.
 *
 * @param names other names for keys in camel case, at the first level
 */
export function camelKeys(value: unknown, names?: { get(name: string): string | undefined }): unknown {
  if (Array.isArray(value)) return value.map((member) => camelKeys(member));
  if (typeof value !== "object" || value === null) return value;
  const members: [string, unknown][] = [];
  for (const [key, member] of Object.entries(value)) {
    const name = camelCase(key);
    if (member !== null) members.push([names?.get(name) ?? name, camelKeys(member)]);
  }
  return Object.fromEntries(members);
}

/** Most keys need no change, and each message has many. */
const camelCase = (key: string): string =>
  /^[A-Z]|_[a-z]/.test(key)
    ? key.replace(/^[A-Z]|_[a-z]/g, (match) =>
        match.startsWith("_") ? match.slice(1).toUpperCase() : match.toLowerCase(),
      )
    : key;
