import { z } from "zod";
import { CALLBACK_EVENT_NAMES, CALLBACK_EVENTS, type CallbackEventName } from "../../provider/api/contract/events";
import { isHostName } from "../../provider/api/contract/hosts";
import { payloadBuilders } from "./payloads";
import { newId, type Occurrence, type Payload } from "./payloads/occurrence";

/** Something that happens to a stream, for which the cloud calls back. */
export interface StreamEvent {
  /** What happens, for example `"streamBegin"`. */
  event: CallbackEventName;
  /** The push domain, for example `"push.example.com"`. Upper and lower case are the same. */
  domainName: string;
  /** The app, as in a domain binding. @default "live" */
  appName?: string | undefined;
  /** @default "stream" */
  streamName?: string | undefined;
  /**
   * Fields of the payload that are to be other than the sample's, in the cloud's spelling: `{ exception_level: "info" }`.
   * `t` and `sign` can be set too, for a message that is wrongly signed. @default none
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

/** The documented payload of an event, not signed. */
export function buildPayload(event: CompleteEvent, occurrence: Partial<Occurrence> & Pick<Occurrence, "now">): Payload {
  const { domainName, appName, streamName, fields } = event;
  const complete = { domainName, appName, streamName, sequence: newId(), pushedMs: 60_000, ...occurrence };
  return { ...payloadBuilders[event.event](complete), event_type: CALLBACK_EVENTS[event.event].eventType, ...fields };
}
