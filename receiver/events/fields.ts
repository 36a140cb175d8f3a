import { z } from "zod";
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
  readonly appId?: number;
  /** The push domain. Sent as `app` or `domain`, depending on the event. */
  readonly domainName?: string;
  /** The push path, the app of a domain binding. Sent as `appname` or `path`, depending on the event. */
  readonly appName?: string;
  /** The message as it was sent: all its fields, undocumented ones too, in the cloud's own spelling. */
  readonly payload: Readonly<Record<string, unknown>>;
}

/** What an event has beyond its name, number, id and payload: what is read from the message. */
export type FieldsOf<Event> = Omit<Event, "type" | "eventType" | "id" | "payload">;

/** A schema for exactly the fields of a type, so that none is forgotten. */
export const fields = <T>(shape: { [Key in keyof T]-?: z.ZodType<T[Key]> }): z.ZodType<T> =>
  z.object(shape) as unknown as z.ZodType<T>;

/** Text; a number counts as its digits, since documents and samples disagree on some types. */
export const text = z.union([z.string(), z.number().transform(String)]);
/** A number, also one sent as text, as `push_duration` is. */
export const number = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
]);

/**
 * A field that may be absent. One of another type than documented is left out: that is no reason to lose an
 * event.
 */
export const maybe = <T>(schema: z.ZodType<T>): z.ZodType<T | undefined> => schema.optional().catch(undefined);

/** Text of which some values are documented; others may come. */
export type Open<Known extends string> = Known | (string & {});
export const open = <Known extends string>(): z.ZodType<Open<Known>> => text as z.ZodType<Open<Known>>;

/** JSON inside text, in the spelling of the event's own fields; absent where it is not what is documented. */
export const embedded = <T>(schema: z.ZodType<T>): z.ZodType<T | undefined> =>
  maybe(
    z
      .string()
      .transform(parsedJson)
      .pipe(schema as z.ZodType<T, unknown>),
  );

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
export function camelKeys(value: unknown, names?: ReadonlyMap<string, string>): unknown {
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
