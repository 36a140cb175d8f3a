import { type IncomingMessage, request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";
import type { Timer } from "../../provider/api/clock";

/** The result of one POST: a status, or the reason why there is none. */
export interface PostResponse {
  /** The HTTP status. Absent if there was no response. */
  status?: number;
  /** The start of the response's body: up to {@link MAX_BODY_CHARACTERS}. */
  body: string;
  /** Why there is no response, for example `no response within 20 s`. */
  failure?: string;
}

export interface PostOptions {
  /** Absent: no such header is sent. */
  contentType?: string | undefined;
  timeoutMs: number;
  timer: Timer;
  /** Aborts the request. */
  signal?: AbortSignal | undefined;
}

/** A longer body of a response is cut here. */
export const MAX_BODY_CHARACTERS = 1_000;

/**
 * Posts a body as the cloud does: on a separate connection, and without following redirects. Never rejects.
 * The time-out is for the whole response; whether the cloud waits for the body is not documented.
 */
export function post(
  url: URL,
  body: string,
  { contentType, timeoutMs, timer, signal }: PostOptions,
): Promise<PostResponse> {
  const type = contentType === undefined ? {} : { "content-type": contentType };
  const headers = { ...type, "content-length": Buffer.byteLength(body) };
  const request = (url.protocol === "https:" ? tlsRequest : plainRequest)(url, {
    ...{ method: "POST", agent: false, headers },
    ...(signal && { signal }),
  });
  return new Promise((resolve) => {
    const end = (response: PostResponse) => {
      cancel();
      resolve(response);
      request.destroy();
    };
    const failed = (failure: string) => end({ body: "", failure });
    const cancel = timer(timeoutMs, () => failed(`no response within ${timeoutMs / 1000} s`));
    request.on("error", (error) => failed(reason(error, url)));
    request.on("response", (response) => {
      readResponse(response).then(end, () => failed("the connection broke during the response"));
    });
    request.end(body);
  });
}

async function readResponse(response: IncomingMessage): Promise<PostResponse> {
  let body = "";
  for await (const chunk of response.setEncoding("utf8")) {
    if (body.length < MAX_BODY_CHARACTERS) body += chunk;
  }
  return { status: response.statusCode ?? 0, body: body.slice(0, MAX_BODY_CHARACTERS) };
}

function reason(error: NodeJS.ErrnoException, { host }: URL): string {
  if (error.code === "ECONNREFUSED") return `nothing listens at ${host}`;
  if (error.code === "ENOTFOUND") return `the host ${host} cannot be resolved`;
  return `the connection to ${host} failed (${error.code ?? error.name})`;
}
