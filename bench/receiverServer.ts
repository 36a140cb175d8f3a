import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createClient } from "redis";
import { createCallbackHandler, type EventStore, memoryStore, toNodeHandler } from "../receiver";
import { redisStore } from "../receiver/stores/redisStore";

/** The number of messages that a server has handled, and the size of its heap in bytes. */
export interface ServerReport {
  handled: number;
  heapBytes: number;
}

let handled = 0;

/** The least work of a JSON server: reads and parses a message, and responds. */
async function bare(request: IncomingMessage, response: ServerResponse, store?: EventStore): Promise<void> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  const message = JSON.parse(text);
  if (store) await roundTrips(store, message["sequence"]);
  const body = JSON.stringify(message);
  handled += 1;
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  response.writeHead(200, headers).end(body);
}

/** Makes the round trips to the store that a receiver makes for each event. */
async function roundTrips(store: EventStore, id: string): Promise<void> {
  const begun = await store.begin(id, 60_000);
  if (begun.state === "begun") await store.handled(id, begun.token);
}

const receiver = (store: EventStore): RequestListener =>
  toNodeHandler(
    createCallbackHandler({
      key: process.env["CALLBACK_KEY"] ?? "",
      store,
      onStreamBegin: () => {
        handled += 1;
      },
    }),
  );

async function main([kind, redisUrl]: string[]): Promise<void> {
  const store = redisUrl === undefined ? undefined : redisStore(await createClient({ url: redisUrl }).connect());
  const listener: RequestListener =
    kind === "receiver" ? receiver(store ?? memoryStore()) : (request, response) => void bare(request, response, store);
  const server = createServer(listener).listen(0, "127.0.0.1", () => {
    process.send?.((server.address() as AddressInfo).port);
  });
}

process.on("message", () => {
  globalThis.gc?.();
  process.send?.({ handled, heapBytes: process.memoryUsage().heapUsed } satisfies ServerReport);
});
process.on("disconnect", () => process.exit());
void main(process.argv.slice(2));
