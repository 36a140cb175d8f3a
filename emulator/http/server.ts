import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { isLoopbackHost } from "../../provider/api/contract/hosts";
import type { HttpRequest, HttpResponse } from "./messages";

/** The cloud's limit for a signed POST. */
const BODY_LIMIT = 10 * 1024 * 1024;
/** Longer than any test client keeps a connection, so that no connection is closed during a request. */
const KEEP_ALIVE_MS = 60_000;

/** Listens on a loopback address, and responds to each request with the result of `respond`. */
export async function listen(
  host: string,
  port: number,
  respond: (request: HttpRequest) => Promise<HttpResponse>,
): Promise<Server> {
  if (!isLoopbackHost(host))
    throw new Error(`the emulator listens on loopback only, for example 127.0.0.1; got "${host}"`);
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (incoming, outgoing) => {
    serve(incoming, outgoing, respond).catch((error: unknown) => fail(outgoing, error));
  });
  server.listen(port, host);
  await once(server, "listening");
  return server;
}

async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  respond: (request: HttpRequest) => Promise<HttpResponse>,
): Promise<void> {
  const { method = "", url = "/", headers } = incoming;
  const body = await readBody(incoming);
  if (body !== "aborted") send(outgoing, await respond({ method, url, headers, body }));
}

/**
 * Reads the body. Returns `undefined` for a body over the limit. It is read to its end, so that the client
 * receives the response, but not kept.
 */
async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined | "aborted"> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming) {
      size += chunk.length;
      if (size <= BODY_LIMIT) chunks.push(chunk);
      else chunks.length = 0;
    }
  } catch {
    return "aborted";
  }
  return size > BODY_LIMIT ? undefined : Buffer.concat(chunks);
}

function send(
  outgoing: ServerResponse,
  { status = 200, contentType = "application/json", body, ending }: HttpResponse,
): void {
  if (ending === "reset") {
    outgoing.socket?.resetAndDestroy();
    return;
  }
  outgoing.writeHead(status, { "Content-Type": contentType, "Content-Length": Buffer.byteLength(body) });
  if (ending === "resetMidBody") {
    // Not a reset: it could overtake the half that the client must receive.
    outgoing.write(body.slice(0, body.length / 2), () => outgoing.socket?.destroy());
    return;
  }
  outgoing.end(body);
}

/**
 * Reports a bug of the emulator. Logs only where it occurred: the message could contain a part of a request.
 */
function fail(outgoing: ServerResponse, error: unknown): void {
  if (error instanceof Error && error.name === "AbortError") return;
  const { name, stack = "" } = error instanceof Error ? error : new Error();
  const frames = stack.split("\n").filter((line) => /^\s+at /.test(line));
  console.error([`The emulator has a bug: ${name}`, ...frames].join("\n"));
  if (outgoing.headersSent) outgoing.destroy();
  else send(outgoing, { status: 500, contentType: "text/plain", body: "The emulator has a bug; see its log.\n" });
}
