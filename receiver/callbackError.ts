import type { CallbackEvent } from "./events";

/** Why a message was not accepted or not handled; the JSON response carries it as its `code`. */
export type CallbackErrorCode =
  /** An option is missing or wrong: thrown where the option is given, never sent to the cloud. */
  | "invalid_configuration"
  /** Not a `POST`. */
  | "method_not_allowed"
  /** The body is larger than `bodyLimit`. */
  | "body_too_large"
  /** The body did not arrive in time. */
  | "body_timeout"
  /** The body could not be read: the connection broke, or something in front has read it and left nothing. */
  | "body_unavailable"
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
  /** A handler was not done in time. */
  | "handler_timeout"
  /** The `seen` store threw; its error is the `cause`. */
  | "store_failed";

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
  override readonly name = "CallbackError";
  readonly code: CallbackErrorCode;
  /** The event whose handling failed; absent where the message did not get that far. */
  declare readonly event?: CallbackEvent;
  /** Its `id`. */
  declare readonly eventId?: string;

  constructor(code: CallbackErrorCode, message: string, details: { cause?: unknown; event?: CallbackEvent } = {}) {
    super(message, "cause" in details ? { cause: details.cause } : undefined);
    this.code = code;
    if (!details.event) return;
    this.eventId = details.event.id;
    // Not enumerable, so that it is not printed with the error: it may hold the push secret, and `t` with its
    // `sign`.
    Object.defineProperty(this, "event", { value: details.event });
  }
}
