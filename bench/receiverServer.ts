import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { createCallbackHandler, toNodeHandler } from "../receiver";

/** What a server has done: how many messages, and what it then holds in memory, in bytes. */
export interface ServerReport {
  handled: number;
  heapBytes: number;
}

let handled = 0;

/** The least that a server of JSON does: reads, parses, answers. */
const echo: RequestListener = async (request, response) => {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  const body = JSON.stringify(JSON.parse(text));
  handled += 1;
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  response.writeHead(200, headers).end(body);
};

const receiver = toNodeHandler(
  createCallbackHandler({
    key: process.env["CALLBACK_KEY"] ?? "",
    onStreamBegin: () => {
      handled += 1;
    },
  }),
);

const server = createServer(process.argv[2] === "receiver" ? receiver : echo).listen(0, "127.0.0.1", () => {
  process.send?.((server.address() as AddressInfo).port);
});

process.on("message", () => {
  globalThis.gc?.();
  process.send?.({ handled, heapBytes: process.memoryUsage().heapUsed } satisfies ServerReport);
});
process.on("disconnect", () => process.exit());
