import { z } from "zod";
import { CALLBACK_EVENT_NAMES, type CallbackEventName } from "../../provider/api/contract/events";
import { isHostName } from "../../provider/api/contract/hosts";
import { RecentByKey } from "../recent";
import { newId, type Occurrence } from "./payloads/occurrence";

/** Something that happens to a stream, for which the cloud calls back. */
export interface StreamEvent {
  /** What happens, for example `"streamBegin"`. */
  event: CallbackEventName;
  /** The push domain, for example `"push.example.com"`. Upper and lower case are the same. */
  domainName: string;
  /** The app, as in a domain binding. @default "live" */
  appName?: string | undefined;
  /** The name of the stream. @default "stream" */
  streamName?: string | undefined;
  /**
   * Fields of the payload that are to be other than the sample's, in the cloud's spelling: `{
   * exception_level: "info" }`. `t` and `sign` can be set too, for a message that is wrongly signed.
   * @default none
   */
  fields?: Record<string, unknown> | undefined;
}

/** An event with its defaults. */
export interface CompleteEvent extends Required<StreamEvent> {
  appName: string;
  streamName: string;
  fields: Record<string, unknown>;
}

const schema: z.ZodType<CompleteEvent, StreamEvent> = z.strictObject({
  event: z.enum(CALLBACK_EVENT_NAMES),
  domainName: z.string().refine(isHostName, "must be a host name, for example push.example.com"),
  appName: z.string().min(1).default("live"),
  streamName: z.string().min(1).default("stream"),
  fields: z.record(z.string(), z.unknown()).default({}),
});

/** The event with its defaults. A bad one is an error that says what is wrong. */
export function completeEvent(event: StreamEvent): CompleteEvent {
  const checked = schema.safeParse(event);
  if (checked.success) return checked.data;
  throw new Error(`this event cannot be understood: ${z.prettifyError(checked.error)}`);
}

/** The pushes of streams that are going on, so that begin, errors and end of one carry the same sequence. */
export class StreamSessions {
  readonly #sessions = new RecentByKey<{ sequence: string; begunAt: number }>();

  /** What an event at this time says of the push that it belongs to. */
  sessionOf(
    { event, domainName, appName, streamName }: CompleteEvent,
    now: number,
  ): Pick<Occurrence, "sequence" | "pushedMs"> {
    const key = JSON.stringify([domainName.toLowerCase(), appName, streamName]);
    const known = event === "streamBegin" ? undefined : this.#sessions.get(key);
    const { sequence, begunAt } = known ?? { sequence: newId(), begunAt: now };
    if (event === "streamEnd") this.#sessions.delete(key);
    else if (event === "streamBegin") this.#sessions.set(key, { sequence, begunAt });
    return { sequence, pushedMs: Math.max(0, now - begunAt) };
  }

  clear(): void {
    this.#sessions.clear();
  }
}
