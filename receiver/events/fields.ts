import type { CallbackEventName, EventType } from "../../provider/api/contract/events";

/** The properties that all events have. */
export interface CallbackEventBase<Type extends CallbackEventName | "unknown"> {
  /** The name of the event, derived from the URL field of the template. Narrows `CallbackEvent`. */
  readonly type: Type;
  /** The cloud's number of the event, `event_type`. */
  readonly eventType: Type extends CallbackEventName ? EventType<Type> : number;
  /**
   * Identifies the event: equal for all its copies, different for different events. It consists of the
   * documented ids, or of a digest of the message without `t`, `sign` and `sendTime`, which may differ
   * between copies. The digest is also used if an id is empty or JavaScript has rounded a number of the
   * message. At most 200 characters.
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

/** The fields of an event that are read from its message. */
export type FieldsOf<Event> = Omit<Event, "type" | "eventType" | "id" | "payload">;

/** The result of a reader for a value that it does not accept. */
export const INVALID: unique symbol = Symbol("invalid");

/** Converts a value of a message to the type of the event's field. */
export type Reader<T> = (value: unknown) => T | typeof INVALID;

/**
 * A reader for each field of a type. The reader of an optional field accepts any value, so that only
 * required fields can make a message invalid. The compiler checks that each field has a reader of its type.
 */
export type FieldReaders<T> = {
  readonly [Key in keyof T]-?: undefined extends T[Key] ? (value: unknown) => T[Key] : Reader<T[Key]>;
};

/** The fields that were read from an object. */
export interface FieldsRead<T> {
  fields: T;
  /** The names of required fields that are missing or invalid. */
  invalid: readonly string[];
}

/** Reads the fields of an object that have a reader. Absent fields stay absent. */
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

/** Reads an object with these fields and drops the others. */
export const objectWith =
  <T>(readers: FieldReaders<T>): Reader<T> =>
  (value) => {
    if (!isObject(value)) return INVALID;
    const { fields, invalid } = readFields(readers, value);
    return invalid.length === 0 ? fields : INVALID;
  };

/** Reads an object with any fields. */
export const anyObject: Reader<Readonly<Record<string, unknown>>> = (value) =>
  isObject(value) ? (value as Record<string, unknown>) : INVALID;

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Reads a list. Every member must be valid. */
export const listOf =
  <T>(read: Reader<T>): Reader<T[]> =>
  (value) => {
    if (!Array.isArray(value)) return INVALID;
    const members = value.map(read);
    return members.includes(INVALID) ? INVALID : (members as T[]);
  };

/** Reads text, or a number as its digits: documents and samples disagree on some types. */
export const text: Reader<string> = (value) => {
  if (typeof value === "string") return value;
  return Number.isFinite(value) ? String(value) : INVALID;
};

/** Reads a number, also one that is sent as text, such as `push_duration`. */
export const number: Reader<number> = (value) => {
  if (typeof value === "string") return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : INVALID;
  return Number.isFinite(value) ? (value as number) : INVALID;
};

/**
 * Reads an optional field. A value that does not have its documented type is left out: the event must not be
 * lost because of it.
 */
export const maybe =
  <T>(read: Reader<T>) =>
  (value: unknown): T | undefined => {
    const field = read(value);
    return field === INVALID ? undefined : field;
  };

/** Text with some documented values. Other values are possible. */
export type Open<Known extends string> = Known | (string & {});
export const open = <Known extends string>(): Reader<Open<Known>> => text as Reader<Open<Known>>;

/** Reads JSON inside text and converts its keys to camel case. Absent if the JSON is not as documented. */
export const embedded = <T>(read: Reader<T>): ((value: unknown) => T | undefined) =>
  maybe((value) => (typeof value === "string" ? read(parsedJson(value)) : INVALID));

function parsedJson(json: string): unknown {
  try {
    return camelKeys(JSON.parse(json));
  } catch {
    // Not JSON, or nested too deeply for the stack.
    return undefined;
  }
}

/** The fields that all events share. */
export const commonFields = { appId: maybe(number), domainName: maybe(text), appName: maybe(text) };

/**
 * Converts the keys of a message to camel case at every level. The cloud mixes `stream_id`, `streamId` and
 * `StreamId`, even `label` and `Label` for one field. `null` means "no value" and is left out.
 *
 * @param names new names for keys of the first level, by camel-case key
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

/** Tests first because it is faster: most keys need no change. */
const camelCase = (key: string): string =>
  /^[A-Z]|_[a-z]/.test(key)
    ? key.replace(/^[A-Z]|_[a-z]/g, (match) =>
        match.startsWith("_") ? match.slice(1).toUpperCase() : match.toLowerCase(),
      )
    : key;
