import type { Timer } from "../../provider/api/clock";
import type { CallbackEventName } from "../../provider/api/contract/events";
import type { CallbackError, CallbackErrorCode } from "../callbackError";
import type { CallbackEvent, EventOf } from "../events";
import type { EventStore } from "../stores/eventStore";
import type { VerifyOptions } from "../verifyCallback";

/** What a handler gets besides its event. */
export interface EventContext {
  /**
   * Aborted when the time of `timeoutMs` is up, or the lease of the event is lost: the event will come again,
   * so the handler should stop. Its `reason` is the {@link CallbackError} that is reported.
   */
  readonly signal: AbortSignal;
}

/**
 * How a message came to status 200. `handled`: its handlers have succeeded, or it has none. `repeated`: a copy of an
 * event that was handled before. `acknowledged`: with `acknowledge: "immediately"`, its handlers run afterwards.
 */
export type Success = "handled" | "repeated" | "acknowledged";

/** What came of one message, for metrics and traces. It holds nothing secret. */
export interface MessageReport {
  /** A success, or the `code` of the error. */
  readonly outcome: Success | CallbackErrorCode;
  /** The status of the response. */
  readonly status: number;
  /** The name of the event; absent where the message was rejected before its event was known. */
  readonly type?: CallbackEvent["type"] | undefined;
  /** The `id` of the event. */
  readonly eventId?: string | undefined;
  /** When the message came, in milliseconds since 1970. */
  readonly startTime: number;
  /** How long it took until the response, with its body, the store and its handlers, in milliseconds. */
  readonly durationMs: number;
}

/**
 * Handles one event. What it returns, or resolves to, does not matter; throwing means that the event was not
 * handled.
 */
export type EventHandler<Event extends CallbackEvent> = (event: Event, context: EventContext) => unknown;

/** A handler for each event: `onStreamBegin` for `streamBegin`. */
type EventHandlers = {
  [Name in CallbackEventName as `on${Capitalize<Name>}`]?: EventHandler<EventOf<Name>> | undefined;
};

/**
 * What {@link createCallbackHandler} takes: the key, what to do with events, and limits.
 *
 * | handler | when | number, URL in the template |
 * | --- | --- | --- |
 * | `onStreamBegin` | a stream has begun | 1, `streamBeginNotifyUrl` |
 * | `onStreamEnd` | a stream has ended | 0, `streamEndNotifyUrl` |
 * | `onRecord` | a recording file is ready | 100, `recordNotifyUrl` |
 * | `onRecordStatus` | a recording has started, paused, resumed, failed or ended | 332, `recordStatusNotifyUrl` |
 * | `onSnapshot` | a screenshot was taken | 200, `snapshotNotifyUrl` |
 * | `onPornCensorship` | image moderation has a result | 317, `pornCensorshipNotifyUrl` |
 * | `onPushException` | the push has errors | 321, `pushExceptionNotifyUrl` |
 * | `onRecordException` | the recording has errors | 341, `recordExceptionNotifyUrl` |
 * | `onAudioAudit` | audio moderation has a result | 315, `audioAuditNotifyUrl` |
 * | `onUnknown` | an event of a kind that this version does not know | any other |
 * | `onEvent` | every event, before its own handler | |
 */
export interface CallbackHandlerOptions extends VerifyOptions, EventHandlers {
  /** An event of a kind that this version does not know. */
  onUnknown?: EventHandler<EventOf<"unknown">> | undefined;
  /** Every event, before its own handler. An event without any handler gets status 200 and is dropped. */
  onEvent?: EventHandler<CallbackEvent> | undefined;

  /**
   * Receives an error for every response other than 200, and for every failure of a handler or the store. The
   * error's `code` says why, `event` is the event, `cause` is what a handler or the store threw, and `lost`
   * whether the event was not handled and no copy can be expected. Must not throw.
   *
   * @default failures of handlers and of the store go to `console.error`; rejected messages, and copies that
   *   come back later, do not
   */
  onError?: ((error: CallbackError) => void) | undefined;
  /**
   * Receives a report of every message when its response is known, of those that were handled and of those that
   * were not. A copy that waits for another one is a message of its own. Must not throw.
   *
   * @default none
   */
  onMessage?: ((report: MessageReport) => void) | undefined;
  /**
   * When to respond. `"afterHandling"`: when the handler is done, with 500 where it failed or was late, so
   * that the cloud sends the event again. `"immediately"`: once the store has given the event to this
   * instance, before the handler runs. An event whose handler then fails **is lost**, except to `onError`;
   * where the platform stops a process after its response, the handler may not even run.
   *
   * @default "afterHandling"
   */
  acknowledge?: "afterHandling" | "immediately" | undefined;
  /**
   * How long a message may take in all, its body, the store and its handlers together, in milliseconds, from
   * 1. The cloud waits 20 s for the response; for push errors (321) its documents say 5 s, so give less than
   * 5000 where you handle those. A handler that takes longer is not stopped: its `signal` is aborted, and
   * until it ends its copies wait for it or get status 503. If it succeeds after all, they get 200.
   *
   * @default 15000, for push errors 4000
   */
  timeoutMs?: number | undefined;
  /**
   * The largest body that is read from a request or a stream, in bytes, and the largest that a compressed
   * one may be decoded to; a larger one gets status 413, and no more than the limit is kept in memory. A
   * framework that has read the body has a limit of its own.
   *
   * @default 1048576, 1 MiB
   */
  bodyLimit?: number | undefined;
  /**
   * Remembers which events are being handled and which were. Several instances must share one, such as
   * `redisStore` of `pulumi-tencentcloud-live/receiver/redis`, for each event to be handled once.
   *
   * @default memoryStore(), the latest 10,000 events of this handler
   */
  store?: EventStore | undefined;
  /** How to wait, for `timeoutMs` and for the lease of an event; for tests. @default setTimeout */
  timer?: Timer | undefined;
}
