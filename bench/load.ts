import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** The result of one run. */
export interface Load {
  perSecond: number;
  /** How long each request took, in milliseconds, sorted. */
  latencies: number[];
}

/**
 * Sends the requests over `connections` connections. Each connection waits for a response before it sends the
 * next request. Plain sockets use less of the machine than the measured server. A status other than 200 is an
 * error.
 */
export async function load(port: number, requests: readonly string[], connections: number): Promise<Load> {
  const latencies: number[] = [];
  const waiting = [...requests].reverse();
  const started = performance.now();
  const one = async (): Promise<void> => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true }).setEncoding("latin1");
    await once(socket, "connect");
    for (let request = waiting.pop(); request !== undefined; request = waiting.pop()) {
      const sent = performance.now();
      await exchange(socket, request);
      latencies.push(performance.now() - sent);
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: connections }, one));
  const seconds = (performance.now() - started) / 1000;
  return { perSecond: requests.length / seconds, latencies: latencies.sort((a, b) => a - b) };
}

/** Formats a POST request. */
export function post(path: string, body: string, headers: Record<string, string> = {}): string {
  const all = {
    host: "127.0.0.1",
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return [`POST ${path} HTTP/1.1`, ...lines, "", body].join("\r\n");
}

/** Sends a request. Resolves when the whole response has arrived. */
function exchange(socket: Socket, request: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let response = "";
    const end = (error?: Error): void => {
      socket.off("data", take).off("error", end).off("close", broken);
      error ? reject(error) : resolve();
    };
    const take = (chunk: string): void => {
      response += chunk;
      const [, status, length, body] =
        /^HTTP\/1.1 (\d+).*?content-length: (\d+).*?\r\n\r\n(.*)$/is.exec(response) ?? [];
      if (body === undefined || body.length < Number(length)) return;
      end(status === "200" ? undefined : new Error(`the response has status ${status}: ${body}`));
    };
    const broken = (): void => end(new Error(`the connection was closed after "${response}"`));
    socket.on("data", take).on("error", end).on("close", broken).write(request);
  });
}
