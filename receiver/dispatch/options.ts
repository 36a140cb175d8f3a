import type { Timer } from "../../provider/api/clock";
import type { CallbackEventName } from "../../provider/api/contract/events";
import type { CallbackError } from "../callbackError";
import type { CallbackEvent, EventOf } from "../events";
import type { VerifyOptions } from "../verifyCallback";

/** What a handler gets besides its event. */
export interface EventContext {
  /**
   * Aborted when the handler has run for `timeoutMs`: the cloud will send the event again, so it should stop.
   */
  readonly signal: AbortSignal;
}

/**
 * Handles one event. What it returns, or resolves to, does not matter; throwing means that the event was not
 * handled.
 */
export type EventHandler<Event extends CallbackEvent> = (event: Event, context: EventContext) => unknown;

/**
 * Remembers the ids of events whose handler has succeeded, so that another copy gets status 200 without being
 * handled again. Pass your own store to keep them across restarts and instances, for example in Redis, with
 * an expiry of at least 20 minutes: the last copy of an event comes about 16 minutes after the first.
 *
 * After an error of `has` the response is 500, so that the cloud sends the event again; an error of `add` is
 * only reported.
 *
 * @example
 * ```ts
 * const seen: SeenStore = {
 *   has: async (id) => (await redis.exists(`live:${id}`)) === 1,
 *   add: async (id) => void (await redis.set(`live:${id}`, "1", { EX: 3600 })),
 * };
 * ```
 */
export interface SeenStore {
  has(id: string): boolean | Promise<boolean>;
  add(id: string): unknown;
}

/** A handler for each event: `onStreamBegin` for `streamBegin`. */
type EventHandlers = { [Name in CallbackEventName as `on${Capitalize<Name>}`]?: EventHandler<EventOf<Name>> };

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
  onUnknown?: EventHandler<EventOf<"unknown">>;
  /** Every event, before its own handler. An event without any handler gets status 200 and is dropped. */
  onEvent?: EventHandler<CallbackEvent>;

  /**
   * Receives an error for every response other than 200, and for every handler that failed. The error's
   * `code` says why, `event` is the event, `cause` is what a handler threw. Must not throw.
   *
   * @default failures of handlers and of the store go to `console.error`; rejected messages are not reported
   */
  onError?: (error: CallbackError) => void;
  /**
   * When to respond. `"afterHandling"`: when the handler is done, with 500 where it failed or was late, so
   * that the cloud sends the event again. `"immediately"`: before the handler runs. An event whose handler
   * then fails **is lost**, except to `onError`; where the platform stops a process after its response, it
   * may not even run.
   *
   * @default "afterHandling"
   */
  acknowledge?: "afterHandling" | "immediately";
  /**
   * How long the handlers of one event may take, in milliseconds, and how long the body may take to arrive
   * before that. The cloud waits 20 s; for the push error event its documents say 5 s. A handler that takes
   * longer is not stopped; only its `signal` is aborted. If it succeeds after all, the next copy is not
   * handled again.
   *
   * @default 15000
   */
  timeoutMs?: number;
  /**
   * The largest body that is read from a request or a stream, in bytes; a larger one gets status 413, and no
   * more than the limit is kept in memory. A framework that has read the body has a limit of its own.
   *
   * @default 1048576, 1 MiB
   */
  bodyLimit?: number;
  /** Remembers which events were handled. @default the latest 10,000 in memory */
  seen?: SeenStore;
  /** How to wait for `timeoutMs`; for tests. @default setTimeout */
  timer?: Timer;
}
