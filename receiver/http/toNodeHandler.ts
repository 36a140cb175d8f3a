import type { CallbackHandler } from "./createCallbackHandler";
import type { NodeRequest, NodeResponse } from "./platform";

/**
 * The handler for `node:http` and for frameworks that build on it, like Express, Connect and NestJS.
 *
 * It reads the body itself, or takes `request.body` where a middleware has read it already
 * (`express.json()`): the signature does not cover the raw text, so a parsed body serves as well. It responds
 * to every request that reaches it, so mount it on a path of its own.
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
    // Asked for whether it was read, not whether there is one: Express 4 leaves `{}` where it did not read.
    const body = request.readableDidRead ? request.body : request;
    const encoding = request.headers["content-encoding"];
    const { status, headers, body: text } = await handler.receive(body, request.method, encoding?.toString());
    // A middleware may have responded in the meantime, for example one with a time limit.
    if (response.headersSent) return;
    // What is still to come of a body that was too large or too slow is not worth waiting for.
    if (!request.complete) response.setHeader("connection", "close");
    const length = new TextEncoder().encode(text).length;
    response.writeHead(status, { ...headers, "content-length": length });
    response.end(text);
  };
}
