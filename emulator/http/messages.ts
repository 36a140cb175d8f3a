import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { ApiError } from "../apiError";

/** An HTTP request whose body has been read. */
export interface HttpRequest {
  method: string;
  /** Path and query, for example `/_emulator/calls?record=1`. */
  url: string;
  headers: IncomingHttpHeaders;
  /** `undefined` if it is larger than 10 MB. */
  body: Buffer | undefined;
}

/** An HTTP response, and how the connection ends. */
export interface HttpResponse {
  /** @default 200 */
  status?: number;
  /** @default "application/json" */
  contentType?: string;
  body: string;
  /**
   * `reset`: the connection is reset without a response. `resetMidBody`: it ends after the first half of the
   * body.
   */
  ending?: "reset" | "resetMidBody";
}

/** Returns the value of a header, `""` if it is absent. */
export function header(request: HttpRequest, name: string): string {
  const value = request.headers[name] ?? "";
  return Array.isArray(value) ? value.join(",") : value;
}

/** Creates the response of an action that succeeded. */
export function successResponse(fields: object): HttpResponse {
  return { body: JSON.stringify({ Response: { ...fields, RequestId: randomUUID() } }) };
}

/**
 * Creates the response to a rejected request, with HTTP status 200 as for success. No other function creates
 * the cloud's errors.
 */
export function errorResponse({ code, message }: ApiError): HttpResponse {
  return { body: JSON.stringify({ Response: { Error: { Code: code, Message: message }, RequestId: randomUUID() } }) };
}
