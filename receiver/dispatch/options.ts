import type { Timer } from "../../provider/api/clock";
import type { CallbackEventName } from "../../provider/api/contract/events";
import type { CallbackError, CallbackErrorCode } from "../callbackError";
import type { CallbackEvent, EventOf } from "../events";
import type { EventStore } from "../stores/eventStore";
import type { VerifyOptions } from "../verifyCallback";

/** The second argument of a handler. */
export interface EventContext {
  /**
   * Aborted when `timeoutMs` has passed or the lease of the event is lost. The handler should then stop: the
   * event comes again. The `reason` is the {@link CallbackError} that is reported.
   */
  readonly signal: AbortSignal;
}

/**
 * Why a message got status 200. `handled`: its handlers have succeeded, or it has none. `repeated`: it is a
 * copy of an event that was already handled. `acknowledged`: its handlers run after the response
 * (`acknowledge: "immediately"`).
 */
export type Success = "handled" | "repeated" | "acknowledged";

/** The outcome of one message, for metrics and traces. It contains no secrets. */
export interface MessageReport {
  /** A success, or the `code` of the error. */
  readonly outcome: Success | CallbackErrorCode;
  /** The status of the response. */
  readonly status: number;
  /** The name of the event; absent if the message was rejected before it was parsed. */
  readonly type?: CallbackEvent["type"] | undefined;
  /** The `id` of the event. */
  readonly eventId?: string | undefined;
  /** When the request arrived, in milliseconds since 1970. */
  readonly startTime: number;
  /** The time until the response in milliseconds: for the body, the store and the handlers. */
  readonly durationMs: number;
}

/**
 * Handles one event. The return value is ignored. If the handler throws or rejects, the event was not
 * handled.
 */
export type EventHandler<Event extends CallbackEvent> = (event: Event, context: EventContext) => unknown;

/** A handler for each event: `onStreamBegin` for `streamBegin`. */
type EventHandlers = {
  [Name in CallbackEventName as `on${Capitalize<Name>}`]?: EventHandler<EventOf<Name>> | undefined;
};

/**
 * The options of {@link createCallbackHandler}: the key, the handlers and the limits.
 *
 * | handler | when | number, URL in the template |
 * | --- | --- | --- |
 * | `onStreamBegin` | a stream has begun | 1, `streamBeginNotifyUrl` |
 * | `onStreamEnd` | a stream has ended | 0, `streamEndNotifyUrl` |
 * | `onRecord` | a recording file is ready | 100, `recordNotifyUrl` |
 * | `onRecordStatus` | the status of a recording has changed | 332, `recordStatusNotifyUrl` |
 * | `onSnapshot` | a screenshot was taken | 200, `snapshotNotifyUrl` |
 * | `onPornCensorship` | image moderation has a result | 317, `pornCensorshipNotifyUrl` |
 * | `onPushException` | the push has errors | 321, `pushExceptionNotifyUrl` |
 * | `onRecordException` | the recording has errors | 341, `recordExceptionNotifyUrl` |
 * | `onAudioAudit` | audio moderation has a result | 315, `audioAuditNotifyUrl` |
 * | `onUnknown` | an event of a type that this version does not support | any other |
 * | `onEvent` | every event, before its own handler | |
 */
export interface CallbackHandlerOptions extends VerifyOptions, EventHandlers {
  /** Handles an event of a type that this version does not support. */
  onUnknown?: EventHandler<EventOf<"unknown">> | undefined;
  /** Handles every event, before its own handler. An event without handlers gets status 200. */
  onEvent?: EventHandler<CallbackEvent> | undefined;

  /**
   * Receives an error for every response other than 200, and for every failure of a handler or the store. In
   * the error, `code` is the reason, `event` the event, and `cause` the error of a handler or the store.
   * `lost` means that the event was not handled and no copy can be expected. Must not throw.
   *
   * @default logs failures of handlers and the store with `console.error`, but no rejected messages and no
   *   copies that the cloud sends again
   */
  onError?: ((error: CallbackError) => void) | undefined;
  /**
   * Receives a report of every message, handled or not, when its response is determined. A copy that waits
   * for another one is a separate message. Must not throw.
   *
   * @default none
   */
  onMessage?: ((report: MessageReport) => void) | undefined;
  /**
   * When to respond. `"afterHandling"`: when the handler has finished, with 500 if it failed or was late, so
   * that the cloud sends the event again. `"immediately"`: before the handler runs, once the store has given
   * the event to this instance. If the handler then fails, the event **is lost**; only `onError` receives it.
   * On a platform that stops the process after the response, the handler may not run at all.
   *
   * @default "afterHandling"
   */
  acknowledge?: "afterHandling" | "immediately" | undefined;
  /**
   * The time limit for a message in milliseconds, at least 1. It covers the body, the store and the handlers.
   * The cloud waits 20 s for the response; for push errors (321) its documents state 5 s, so set less than
   * 5000 if you handle those. A handler that takes longer is not stopped: its `signal` is aborted. Until it
   * ends, copies of the event wait for it or get status 503. If it succeeds after all, they get 200.
   *
   * @default 15000, for push errors 4000
   */
  timeoutMs?: number | undefined;
  /**
   * The maximum size, in bytes, of a body that is read from a request or a stream, and of any body after
   * gzip is decoded. A larger body gets status 413, and no more than the limit is kept in memory. A framework
   * that reads the body has its own limit.
   *
   * @default 1048576, 1 MiB
   */
  bodyLimit?: number | undefined;
  /**
   * Records which events are being handled and which were. Several instances must share a store to handle
   * each event once, such as `redisStore` of `pulumi-tencentcloud-live/receiver/redis`.
   *
   * @default memoryStore(), the latest 10,000 events of this handler
   */
  store?: EventStore | undefined;
  /** The timer for `timeoutMs` and the leases; for tests. @default setTimeout */
  timer?: Timer | undefined;
}
