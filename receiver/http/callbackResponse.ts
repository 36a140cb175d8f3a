import type { CallbackError, CallbackErrorCode } from "../callbackError";

/** An HTTP response, independent of the server that sends it. */
export interface CallbackResponse {
  /** The HTTP status. The cloud accepts only 200 as success. */
  status: number;
  /** The headers, by lower-case name. */
  headers: Record<string, string>;
  /** JSON: `{"code":0}`, or the `code` and `message` of a {@link CallbackError}. */
  body: string;
}

const STATUS: Record<CallbackErrorCode, number> = {
  method_not_allowed: 405,
  body_too_large: 413,
  body_timeout: 408,
  unsupported_encoding: 415,
  invalid_encoding: 400,
  invalid_json: 400,
  invalid_event: 400,
  missing_signature: 403,
  invalid_signature: 403,
  signature_expired: 403,
  signature_too_new: 403,
  body_unavailable: 500,
  handler_failed: 500,
  handler_timeout: 500,
  in_progress: 503,
  lease_lost: 500,
  store_failed: 500,
  invalid_configuration: 500,
};

/** Whether the receiver failed. Rejected messages, and copies that the cloud sends again, do not count. */
export const isFailure = ({ code }: CallbackError): boolean => STATUS[code] >= 500 && code !== "in_progress";

/** Creates the response to an accepted message. The cloud checks only the status; it documents this body. */
export const accepted = (): CallbackResponse => response(200, { code: 0 });

/** Creates the response to a message that was not accepted or not handled. */
export function notAccepted({ code, message }: CallbackError): CallbackResponse {
  const rejection = response(STATUS[code], { code, message });
  if (code === "method_not_allowed") rejection.headers["allow"] = "POST";
  return rejection;
}

const response = (status: number, body: unknown): CallbackResponse => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});
