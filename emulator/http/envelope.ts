import { randomUUID } from "node:crypto";
import type { ApiError } from "./apiError";
import type { HttpAnswer } from "./messages";

/** The answer of an action that succeeded. */
export function succeeded(fields: object): HttpAnswer {
  return { body: JSON.stringify({ Response: { ...fields, RequestId: randomUUID() } }) };
}

/** The answer to a refused request: HTTP status 200 as for success. The only place that writes the cloud's errors. */
export function refused({ code, message }: ApiError): HttpAnswer {
  return { body: JSON.stringify({ Response: { Error: { Code: code, Message: message }, RequestId: randomUUID() } }) };
}
