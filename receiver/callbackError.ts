import type { CallbackEvent } from "./events";

/** Why a message was not accepted or not handled; the JSON response carries it as its `code`. */
export type CallbackErrorCode =
  /** An option is missing or wrong: thrown where the option is given, never sent to the cloud. */
  | "invalid_configuration"
  /** Not a `POST`. */
  | "method_not_allowed"
  /** The body is larger than `bodyLimit`. */
  | "body_too_large"
  /** The body did not arrive within `timeoutMs`. */
  | "body_timeout"
  /**
   * The body could not be read: the connection broke, or what is in front has left no message of it. That is
   * a form parser that has taken it apart, an API gateway whose event holds it, or a middleware that kept it.
   */
  | "body_unavailable"
  /** The body is compressed, and not with gzip; or with gzip where a function cannot wait to decode it. */
  | "unsupported_encoding"
  /** The body begins as gzip and is damaged. */
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
  /** `sign` does not belong to `t` under any of the keys. */
  | "invalid_signature"
  /** `t` has passed, by more than the leeway. */
  | "signature_expired"
  /** `t` is further ahead than the cloud ever sets it. */
  | "signature_too_new"
  /** A handler threw; its error is the `cause`. */
  | "handler_failed"
  /** The handlers were not done within `timeoutMs`; they still run. */
  | "handler_timeout"
  /** Another copy of the event is being handled; the cloud sends this one again. */
  | "in_progress"
  /**
   * The store gave the event to another instance, or could not be reached to extend the lease: two instances
   * may handle the event at a time. Reported only; the response depends on the handlers.
   */
  | "lease_lost"
  /** The store failed, or did not respond in time; its error is the `cause`. */
  | "store_failed";

/** What a {@link CallbackError} carries besides its code. */
export interface CallbackErrorDetails {
  /** The error that led to this one, for example that of a handler. */
  cause?: unknown;
  /** The event whose handling failed. */
  event?: CallbackEvent | undefined;
  /** Whether the event was not handled and no further copy can be expected. @default false */
  lost?: boolean | undefined;
}

/** Marks the errors of all copies of this package: a service may load it both as an ES module and as CommonJS. */
const MARK = Symbol.for("pulumi-tencentcloud-live.CallbackError");

/**
 * The one error of the receiver. Its message never contains a key, nor anything from the body but the time of
 * `t` and names of fields; and a log of the whole error shows the event's id, not the event.
 *
 * @example
 * ```ts
 * createCallbackHandler({ key, onEvent, onError: (error) => metrics.count(error.code) });
 * ```
 */
export class CallbackError extends Error {
  /** Always `"CallbackError"`. */
  override readonly name = "CallbackError";
  /** Why, in a form for programs. */
  readonly code: CallbackErrorCode;
  /** The event whose handling failed; absent where the message did not get that far. */
  declare readonly event?: CallbackEvent | undefined;
  /** Its `id`. */
  declare readonly eventId?: string | undefined;
  /**
   * Whether the event was not handled and no further copy of it can be expected: it was acknowledged before
   * (`acknowledge: "immediately"`), or happened more than 20 minutes ago. After `handler_timeout` the handler
   * may still succeed.
   */
  readonly lost: boolean;

  constructor(code: CallbackErrorCode, message: string, details: CallbackErrorDetails = {}) {
    super(message, "cause" in details ? { cause: details.cause } : undefined);
    this.code = code;
    this.lost = details.lost ?? false;
    if (!details.event) return;
    this.eventId = details.event.id;
    // Not enumerable, so that it is not printed with the error: it may hold the push secret, and `t` with its
    // `sign`.
    Object.defineProperty(this, "event", { value: details.event });
  }
}
Object.defineProperty(CallbackError.prototype, MARK, { value: true });
Object.defineProperty(CallbackError, Symbol.hasInstance, {
  value(this: unknown, error: unknown): boolean {
    // A class that extends this one inherits the method.
    if (this !== CallbackError) return Function.prototype[Symbol.hasInstance].call(this, error);
    return typeof error === "object" && error !== null && MARK in error;
  },
});
