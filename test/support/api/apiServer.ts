import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { Client, type ClientOptions } from "../../../provider/api/client";
import { live } from "../../../provider/api/contract/live";
import { LiveError } from "../../../provider/api/errors";
import { type Budget, startBudget } from "../../../provider/api/retry";
import { clockAt, VirtualClock } from "../clock";
import { closeAfterTest } from "../lifetime";
import { hostWith } from "../provider/settings";

/** A request that the scripted server received. */
export interface Seen {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Handles one request: with a response, a partial response or none. */
export type Reply = (response: ServerResponse, seen: Seen, request: IncomingMessage) => void;

/**
 * An HTTP server that handles the n-th request with the n-th reply, and all further requests with the last
 * reply.
 */
export interface ScriptedServer {
  url: URL;
  seen: Seen[];
  connections: () => number;
  close: () => Promise<unknown>;
}

/** Starts a server on a free or given port, and closes it after the test. */
export async function serve(replies: Reply[], port = 0): Promise<ScriptedServer> {
  const seen: Seen[] = [];
  let connections = 0;
  const server = createServer(async (request, response) => {
    const reply = replies[Math.min(seen.length, replies.length - 1)];
    const { method = "", url = "", headers } = request;
    const entry = { method, url, headers, body: "" };
    seen.push(entry);
    for await (const chunk of request.setEncoding("utf8")) entry.body += chunk;
    reply?.(response, entry, request);
  });
  server.on("connection", () => connections++);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const close = () => closeServer(server);
  closeAfterTest({ close });
  const address = server.address() as AddressInfo;
  return { url: new URL(`http://127.0.0.1:${address.port}`), seen, connections: () => connections, close };
}

function closeServer(server: Server): Promise<unknown> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  return closed;
}

/** Returns a port on which nothing listens. */
export async function closedPort(): Promise<number> {
  const { url, close } = await serve([]);
  await close();
  return Number(url.port);
}

export const REQUEST_ID = "3c140219-cfe9-470e-b241-907877d6fb03";

/** Returns a response of the API with these members. */
export const ok =
  (members: object = {}): Reply =>
  (response) =>
    response.end(JSON.stringify({ Response: { ...members, RequestId: REQUEST_ID } }));

/** Returns a response of the API with an error, which also has HTTP status 200. */
export const failed =
  (code: string, message = "It failed."): Reply =>
  (response) =>
    response.end(JSON.stringify({ Response: { Error: { Code: code, Message: message }, RequestId: REQUEST_ID } }));

/** Returns a response with exactly these bytes. */
export const raw =
  (status: number, body: string, headers: Record<string, string> = {}): Reply =>
  (response) =>
    response.writeHead(status, headers).end(body);

/** Never responds to a client with this clock. */
export const silent =
  (clock: VirtualClock): Reply =>
  () =>
    clock.neverResponds();

export const reset: Reply = (_response, _seen, { socket }) => socket.resetAndDestroy();

export const CREDENTIALS = {
  secretId: "AKIDexample",
  secretKey: "secretKeyOfTheTest",
  source: "the environment",
};

/** 2024-01-01T00:00:00Z */
export const NOW = 1_704_067_200_000;

/** Returns a client of this server, with short delays and a fixed clock. */
export function clientOf(endpoint: URL, options: Partial<ClientOptions> = {}): Client {
  return new Client(live, {
    endpoint,
    credentials: () => CREDENTIALS,
    requestTimeoutMs: 5_000,
    backoff: { initialDelayMs: 1, maxDelayMs: 2 },
    clock: clockAt(() => NOW),
    host: hostWith({}),
    ...options,
  });
}

/** A budget that no test exhausts. */
export const enough = (): Budget => startBudget(new VirtualClock(), 60_000);

/** Returns the error of a call that must fail. */
export async function failureOf<E extends Error>(
  call: Promise<unknown>,
  type: abstract new (...args: never[]) => E,
): Promise<E> {
  const error = await call.then(
    () => new Error("it did not fail"),
    (failure: unknown) => failure,
  );
  if (error instanceof type) return error;
  throw error;
}

/** Returns the error of a Describe to which the server replies like this. */
export async function respondTo(reply: Reply, options: Partial<ClientOptions> = {}): Promise<LiveError> {
  const { url } = await serve([reply]);
  return failureOf(clientOf(url, options).send("DescribeLiveCallbackRules", {}), LiveError);
}
