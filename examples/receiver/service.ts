import { Hono } from "hono";
import { createCallbackHandler } from "pulumi-tencentcloud-live/receiver";
import { log, logEvent } from "./log.js";
import type { Streams } from "./streams.js";

/** Creates the routes of the service: `/live` for callbacks, and `/health` for monitoring. */
export function createService(keys: readonly string[], streams: Streams): Hono {
  const callbacks = createCallbackHandler({
    key: keys,
    onEvent: logEvent,
    onStreamBegin: (event) => streams.begin(event),
    onStreamEnd: (event) => streams.end(event),
    onRecord: (event) => streams.addRecording(event),
    // Does not log the event of the error, which may contain the push secret.
    onError: ({ code, message, event, cause, lost }) =>
      log("not accepted", { code, why: message, id: event?.id, cause: event && cause && String(cause), lost }),
  });
  const service = new Hono();
  // Routes every method, so that the handler responds with 405 to methods other than POST.
  service.all("/live", (context) => callbacks(context.req.raw));
  service.get("/health", (context) => context.json({ status: "ok", ...streams.counts() }));
  return service;
}
