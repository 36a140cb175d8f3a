import { Hono } from "hono";
import { createCallbackHandler } from "pulumi-tencentcloud-live/receiver";
import { log, logEvent } from "./log.js";
import type { Streams } from "./streams.js";

/** The routes of the service: the callbacks at `/live`, and `/health` for whatever watches over it. */
export function createService(keys: readonly string[], streams: Streams): Hono {
  const callbacks = createCallbackHandler({
    key: keys,
    onEvent: logEvent,
    onStreamBegin: (event) => streams.begin(event),
    onStreamEnd: (event) => streams.end(event),
    onRecord: (event) => streams.addRecording(event),
    // Of an error only its code and message: its event may hold the push secret.
    onError: ({ code, message, event, cause, lost }) =>
      log("not accepted", { code, why: message, id: event?.id, cause: event && cause && String(cause), lost }),
  });
  const service = new Hono();
  // Every method, so that one other than POST is answered with 405.
  service.all("/live", (context) => callbacks(context.req.raw));
  service.get("/health", (context) => context.json({ status: "ok", ...streams.counts() }));
  return service;
}
