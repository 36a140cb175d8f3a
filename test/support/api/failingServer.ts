import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { text } from "node:stream/consumers";
import type { VirtualClock } from "../clock";

/**
 * The failure of a server for one request, instead of a response. Calls `neverResponds` once only a time-out
 * of the client can end the request.
 */
export type Mistreat = (response: ServerResponse, socket: Socket, body: string, neverResponds: () => void) => void;

const DRIP_MS = 5;

/** Sends these bytes repeatedly while the client is connected. */
const drip =
  (first: string, next: string): Mistreat =>
  (_response, socket, _body, neverResponds) => {
    socket.write(first);
    let drops = 0;
    const timer = setInterval(() => {
      socket.write(next);
      if (++drops === 2) neverResponds();
    }, DRIP_MS);
    socket.once("close", () => clearInterval(timer));
  };

/** Sends a complete response of any kind. */
export const respondWith =
  (status: number, body: string | Buffer, headers: Record<string, string> = {}): Mistreat =>
  (response) =>
    response.writeHead(status, headers).end(body);

const envelope = (members: object): string => JSON.stringify({ Response: { RequestId: "r", ...members } });
const apiError = (Code: string): string => envelope({ Error: { Code, Message: "No." } });
const NOISE = Buffer.from(Array.from({ length: 256 }, (_, index) => (index * 167) % 256));

/** All failures of a server, by name. */
export const MISTREATMENTS: Record<string, Mistreat> = {
  "accepts and never responds": (_response, _socket, _body, neverResponds) => neverResponds(),
  "drips a body that never ends": drip("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", "1\r\n \r\n"),
  "drips headers that never end": drip("HTTP/1.1 200 OK\r\n", "x-drop: 1\r\n"),
  "reports for ever that it is processing": drip("", "HTTP/1.1 102 Processing\r\n\r\n"),
  "resets every connection": (_, socket) => socket.resetAndDestroy(),
  "closes every connection": (_, socket) => socket.end(),
  "promises more than it sends": (_, socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"Resp'),
  "responds with 500 for ever": respondWith(500, "<h1>500</h1>"),
  "responds with 429 for ever": respondWith(429, ""),
  "redirects to itself for ever": respondWith(307, "", { location: "/" }),
  "throttles for ever": respondWith(200, apiError("RequestLimitExceeded")),
  "has an internal error for ever": respondWith(200, apiError("InternalError")),
  "responds with noise for ever": respondWith(200, NOISE),
  "responds with noise as gzip for ever": respondWith(200, NOISE, { "content-encoding": "gzip" }),
  "responds in another protocol for ever": (_, socket) => socket.end("220 smtp.example.com ESMTP\r\n"),
  "responds with JSON of another kind for ever": respondWith(200, "[null]"),
};

/** A server that forwards its first requests to a working server, and fails for all later ones. */
export class FailingServer {
  private seen = 0;

  private constructor(
    private readonly server: Server,
    private readonly behind: string,
    private readonly good: number,
    private readonly mistreat: Mistreat,
    private readonly clock: VirtualClock | undefined,
  ) {
    server.on("request", (request, response) => {
      this.seen++;
      if (this.seen <= this.good) return this.passOn(request, response);
      text(request).then(
        (body) => this.mistreat(response, request.socket, body, () => this.clock?.neverResponds()),
        () => response.destroy(),
      );
    });
  }

  /**
   * Starts in front of the server at `behind`. The first `good` requests pass. Clients may have a virtual
   * clock.
   */
  static async start(behind: string, good: number, mistreat: Mistreat, clock?: VirtualClock): Promise<FailingServer> {
    const server = createServer();
    const failing = new FailingServer(server, behind, good, mistreat, clock);
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return failing;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  /** Uses Node's own client, which forwards the signed host header. */
  private passOn(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { method, headers } = incoming;
    const outer = request(this.behind, { method, headers }, (response) => response.pipe(outgoing));
    outer.once("error", () => outgoing.destroy());
    incoming.pipe(outer);
  }
}
