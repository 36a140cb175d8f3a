import type { CallbackEvent } from "./events";

/** The reason why a message was not accepted or not handled: the `code` of the JSON response. */
export type CallbackErrorCode =
  /** An option is missing or invalid. Thrown where the option is passed, never sent to the cloud. */
  | "invalid_configuration"
  /** Not a `POST`. */
  | "method_not_allowed"
  /** The body is larger than `bodyLimit`. */
  | "body_too_large"
  /** The body did not arrive within `timeoutMs`. */
  | "body_timeout"
  /**
   * The body could not be read. The connection broke, a form parser split the body, the body is still wrapped
   * in the event of an API gateway, or a middleware consumed it.
   */
  | "body_unavailable"
  /** The encoding is not gzip, or it is gzip and the called function is synchronous and cannot decode it. */
  | "unsupported_encoding"
  /** The body begins like gzip, but is damaged. */
  | "invalid_encoding"
  /** The body is not the text of a JSON object. */
  | "invalid_json"
  /**
   * The body is a JSON object, but not an event: `event_type`, or a field that identifies the event, is
   * missing.
   */
  | "invalid_event"
  /** `t` or `sign` is missing, and unsigned messages are not allowed. */
  | "missing_signature"
  /** `sign` does not match `t` for any of the keys. */
  | "invalid_signature"
  /** `t` is in the past by more than the leeway. */
  | "signature_expired"
  /** `t` is further in the future than the cloud sets it, even with the leeway. */
  | "signature_too_new"
  /** A handler threw; its error is the `cause`. */
  | "handler_failed"
  /** The handlers did not finish within `timeoutMs`; they are still running. */
  | "handler_timeout"
  /** Another copy of the event is being handled; the cloud sends this one again. */
  | "in_progress"
  /**
   * The store gave the event to another instance, or could not be reached to extend the lease: two instances
   * may handle the event at the same time. Only reported; the response depends on the handlers.
   */
  | "lease_lost"
  /** The store failed, or did not respond in time; its error is the `cause`. */
  | "store_failed";

/** The optional details of a {@link CallbackError}. */
export interface CallbackErrorDetails {
  /** The error that caused this one, for example the error of a handler. */
  cause?: unknown;
  /** The event whose handling failed. */
  event?: CallbackEvent | undefined;
  /** Whether the event was not handled and no further copy can be expected. @default false */
  lost?: boolean | undefined;
}

/** Shared by all copies of this package: a service may load it both as an ES module and as CommonJS. */
const MARK = Symbol.for("pulumi-tencentcloud-live.CallbackError");

/**
 * The only error class of the receiver. The message never contains a key. From the body it contains only
 * `event_type`, the time in `t` and field names. Logging the whole error shows the event's id, not the event.
 *
 * @example
 * ```ts
 * createCallbackHandler({ key, onEvent, onError: (error) => metrics.count(error.code) });
 * ```
 */
export class CallbackError extends Error {
  /** Always `"CallbackError"`. */
  override readonly name = "CallbackError";
  /** The reason, for programs. */
  readonly code: CallbackErrorCode;
  /** The event whose handling failed; absent if the message was rejected before. */
  declare readonly event?: CallbackEvent | undefined;
  /** The `id` of the event. */
  declare readonly eventId?: string | undefined;
  /**
   * Whether the event was not handled and no further copy can be expected: it was already acknowledged
   * (`acknowledge: "immediately"`), or it happened more than 20 minutes ago. After `handler_timeout` the
   * handler may still succeed.
   */
  readonly lost: boolean;

  constructor(code: CallbackErrorCode, message: string, details: CallbackErrorDetails = {}) {
    super(message, "cause" in details ? { cause: details.cause } : undefined);
    this.code = code;
    this.lost = details.lost ?? false;
    if (!details.event) return;
    this.eventId = details.event.id;
    // Not enumerable, so that logging the error does not print it: the event may contain the push secret, and
    // `t` with its `sign`.
    Object.defineProperty(this, "event", { value: details.event });
  }
}
Object.defineProperty(CallbackError.prototype, MARK, { value: true });
Object.defineProperty(CallbackError, Symbol.hasInstance, {
  value(this: unknown, error: unknown): boolean {
    // Subclasses inherit this method.
    if (this !== CallbackError) return Function.prototype[Symbol.hasInstance].call(this, error);
    return typeof error === "object" && error !== null && MARK in error;
  },
});
