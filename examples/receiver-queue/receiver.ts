import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createCallbackHandler, toNodeHandler } from "pulumi-tencentcloud-live/receiver";
import { fail, log, logEvent } from "./log.js";
import { enqueue, openQueue } from "./queue.js";
import { type ReceiverSettings, readReceiverSettings } from "./settings.js";

/** Puts each verified event into the queue, and responds with 200 only once the queue has it. */
async function receive({ keys, redisUrl, retries, host, port }: ReceiverSettings): Promise<void> {
  const queue = openQueue(redisUrl, retries);
  queue.on("error", ({ message }) => log("error", { why: message }));
  const callbacks = toNodeHandler(
    createCallbackHandler({
      key: keys,
      onEvent: (event) => enqueue(queue, event),
      onError: ({ code, message, event, cause, lost }) =>
        logEvent("not accepted", event, { code, why: message, cause: event && cause && String(cause), lost }),
    }),
  );
  const server = createServer((request, response) => {
    if (request.url === "/live") void callbacks(request, response);
    else response.writeHead(request.url === "/health" ? 200 : 404).end();
  });

  // Without Redis, the receiver cannot accept events.
  await queue.waitUntilReady();
  await once(server.listen(port, host), "listening");
  log("listening", { url: `http://${host}:${(server.address() as AddressInfo).port}/live` });

  // Finishes the requests that have arrived. The cloud sends later events again in a minute.
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => server.close(() => process.exit()));
}

try {
  await receive(readReceiverSettings(process.env));
} catch (error) {
  fail(error);
}
