import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { log } from "./log.js";
import { createService } from "./service.js";
import { readSettings } from "./settings.js";
import { Streams } from "./streams.js";

/** A little longer than the time limit for handling an event. */
const MOST_MS = 20_000;

try {
  const { keys, host, port } = readSettings(process.env);
  const server = createAdaptorServer({
    fetch: createService(keys, new Streams()).fetch,
    // Closes a connection that sends its body slower than this: the cloud has given up by then.
    serverOptions: { requestTimeout: MOST_MS, connectionsCheckingInterval: MOST_MS / 4 },
  });
  server.once("error", (error: Error) => fail(error.message));
  server.listen(port, host, () => {
    log("listening", { url: `http://${host}:${(server.address() as AddressInfo).port}/live`, keys: keys.length });
  });
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stop(server, signal));
} catch (error) {
  fail((error as Error).message);
}

/** Finishes the events that have arrived, and accepts no more. The cloud sends later ones again. */
function stop(server: ReturnType<typeof createAdaptorServer>, signal: string): void {
  log("stopping", { signal });
  server.close(() => log("stopped"));
  // An idle keep-alive connection would keep the process running for seconds after the last response.
  if ("keepAliveTimeout" in server) server.keepAliveTimeout = 1;
  setTimeout(() => process.exit(1), MOST_MS).unref();
}

function fail(why: string): void {
  log("cannot start", { why });
  process.exitCode = 1;
}
