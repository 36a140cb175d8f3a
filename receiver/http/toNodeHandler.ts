import type { CallbackHandler } from "./createCallbackHandler";
import type { NodeRequest, NodeResponse } from "./platform";

/**
 * Adapts a handler to `node:http` and frameworks based on it, such as Express, Connect and NestJS.
 *
 * It reads the body itself, or uses `request.body` if a middleware has already read it (`express.json()`).
 * The signature does not cover the raw text, so a parsed body is sufficient. It responds to every request, so
 * mount it on a path of its own.
 *
 * @example
 * ```ts
 * app.post("/live", toNodeHandler(createCallbackHandler({ key, onStreamBegin })));
 * ```
 * @example without a framework
 * ```ts
 * createServer(toNodeHandler(callbacks)).listen(8080);
 * ```
 */
export function toNodeHandler(
  handler: CallbackHandler,
): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  return async (request, response) => {
    // The presence of `request.body` proves nothing: Express 4 sets it to `{}` without reading the request.
    const body = request.readableDidRead ? request.body : request;
    const encoding = request.headers["content-encoding"];
    const { status, headers, body: text } = await handler.receive(body, request.method, encoding?.toString());
    // A middleware may already have responded, for example one with a time limit.
    if (response.headersSent) return;
    // Does not wait for the rest of a body that is too large or too slow.
    if (!request.complete) response.setHeader("connection", "close");
    const length = new TextEncoder().encode(text).length;
    response.writeHead(status, { ...headers, "content-length": length });
    response.end(text);
  };
}
