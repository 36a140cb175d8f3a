import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { log } from "./log.js";
import { createService } from "./service.js";
import { readSettings } from "./settings.js";
import { Streams } from "./streams.js";

/** A little longer than an event may take to be handled. */
const MOST_MS = 20_000;

try {
  const { keys, host, port } = readSettings(process.env);
  const server = createAdaptorServer({
    fetch: createService(keys, new Streams()).fetch,
    // Who sends a body slower than this keeps a connection for nothing: the cloud has given up by then.
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

/** Takes no more events and finishes those that came. What arrives meanwhile, the cloud sends again in a minute. */
function stop(server: ReturnType<typeof createAdaptorServer>, signal: string): void {
  log("stopping", { signal });
  server.close(() => log("stopped"));
  // A connection that stays open for a next request would keep the process for seconds after its last answer.
  if ("keepAliveTimeout" in server) server.keepAliveTimeout = 1;
  setTimeout(() => process.exit(1), MOST_MS).unref();
}

function fail(why: string): void {
  log("cannot start", { why });
  process.exitCode = 1;
}
