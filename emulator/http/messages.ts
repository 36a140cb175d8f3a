import type { IncomingHttpHeaders } from "node:http";

/** An HTTP request whose body has been read. */
export interface HttpRequest {
  method: string;
  /** Path and query, for example `/_emulator/calls?record=1`. */
  url: string;
  headers: IncomingHttpHeaders;
  /** `undefined`: larger than 10 MB, and not kept. */
  body: Buffer | undefined;
}

/** An HTTP answer, and how the connection ends. */
export interface HttpResponse {
  /** @default 200 */
  status?: number;
  /** @default "application/json" */
  contentType?: string;
  body: string;
  /** `reset`: the connection is reset instead of an answer. `resetMidBody`: it ends after the first half of the body. */
  ending?: "reset" | "resetMidBody";
}

/** A header's value, `""` if it is absent. */
export function header(request: HttpRequest, name: string): string {
  const value = request.headers[name] ?? "";
  return Array.isArray(value) ? value.join(",") : value;
}
