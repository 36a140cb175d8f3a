import { randomUUID } from "node:crypto";
import type { ApiError } from "./apiError";
import type { HttpResponse } from "./messages";

/** The answer of an action that succeeded. */
export function successResponse(fields: object): HttpResponse {
  return { body: JSON.stringify({ Response: { ...fields, RequestId: randomUUID() } }) };
}

/** The answer to a refused request: HTTP status 200 as for success. The only place that writes the cloud's errors. */
export function errorResponse({ code, message }: ApiError): HttpResponse {
  return { body: JSON.stringify({ Response: { Error: { Code: code, Message: message }, RequestId: randomUUID() } }) };
}
