import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { closeAfterTest } from "./lifetime";

/** A received callback. */
export interface Arrival {
  path: string;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
}

/** A receiver of callbacks that can stop and restart on the same port. It is closed after the test. */
export class Hooks {
  readonly arrivals: Arrival[] = [];
  /** The response: a status with headers, or none. */
  response: { status: number; headers?: Record<string, string>; body?: string } | "nothing" = { status: 200 };
  port = 0;
  private server: Server | undefined;
  private arrived = () => {};

  constructor(private readonly listener?: RequestListener) {
    closeAfterTest({ close: () => this.stop() });
  }

  static async start(listener?: RequestListener): Promise<Hooks> {
    const hooks = new Hooks(listener);
    await hooks.start();
    return hooks;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The received bodies. */
  get bodies(): Record<string, unknown>[] {
    return this.arrivals.map(({ body }) => body);
  }

  async start(): Promise<void> {
    this.server = createServer(this.listener ?? ((request, response) => this.take(request, response)));
    this.server.listen(this.port, "127.0.0.1");
    await once(this.server, "listening");
    this.port = (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const { server } = this;
    if (!server?.listening) return;
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  }

  /** Resolves when the next callback has arrived. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.arrived = resolve;
    });
  }

  private readonly take = async (...[request, response]: Parameters<RequestListener>): Promise<void> => {
    let text = "";
    for await (const chunk of request) text += chunk;
    this.arrivals.push({ path: request.url ?? "", headers: request.headers, body: JSON.parse(text) });
    if (this.response !== "nothing") {
      response.writeHead(this.response.status, this.response.headers).end(this.response.body ?? '{"code":0}');
    }
    this.arrived();
  };
}

/** Returns the URLs of all nine events at a receiver, each with its own path: `/streamBegin`, … */
export function allUrls(origin: string): Record<string, string> {
  const names = [
    ...["StreamBegin", "StreamEnd", "Record", "RecordStatus", "Snapshot", "PornCensorship"],
    ...["AudioAudit", "PushException", "RecordException"],
  ];
  const path = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);
  return Object.fromEntries(names.map((name) => [`${name}NotifyUrl`, `${origin}/${path(name)}`]));
}
