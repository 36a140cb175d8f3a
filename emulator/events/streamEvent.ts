import { z } from "zod";
import { CALLBACK_EVENT_NAMES, type CallbackEventName } from "../../provider/api/contract/events";
import { isHostName } from "../../provider/api/contract/hosts";
import { RecentByKey } from "../recent";
import { newId, type Occurrence } from "./payloads/occurrence";

/** An event of a stream, for which the cloud sends a callback. */
export interface StreamEvent {
  /** The name of the event, for example `"streamBegin"`. */
  event: CallbackEventName;
  /** The push domain, for example `"push.example.com"`. Case-insensitive. */
  domainName: string;
  /** The app, as in a domain binding. @default "live" */
  appName?: string | undefined;
  /** The name of the stream. @default "stream" */
  streamName?: string | undefined;
  /**
   * Payload fields that replace those of the sample, in the cloud's spelling, for example
   * `{ exception_level: "info" }`. `t` and `sign` can also be set, for a message with a wrong signature.
   * @default none
   */
  fields?: Record<string, unknown> | undefined;
}

/** An event with the defaults applied. */
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

/** Applies the defaults to an event. @throws Error with every problem if the event is invalid */
export function completeEvent(event: StreamEvent): CompleteEvent {
  const checked = schema.safeParse(event);
  if (checked.success) return checked.data;
  throw new Error(`invalid event: ${z.prettifyError(checked.error)}`);
}

/** The current pushes of streams, so that the begin, error and end events of a push have one sequence. */
export class StreamSessions {
  readonly #sessions = new RecentByKey<{ sequence: string; begunAt: number }>();

  /** Returns the push that an event at this time belongs to. */
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
