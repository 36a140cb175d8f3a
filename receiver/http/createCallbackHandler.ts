import type { CallbackHandlerOptions } from "../dispatch/options";
import type { CallbackResponse } from "./callbackResponse";
import type { WebRequest } from "./platform";
import { Receiver } from "./receiver";

/** Answers callbacks: a web-standard function, and the same for frameworks that have no `Request`. */
export interface CallbackHandler {
  (request: WebRequest): Promise<Response>;
  /**
   * Answers one message, for frameworks that this package has no adapter for.
   *
   * @param body the message as it is there: text, bytes (an `ArrayBuffer`, any view of one, a `Blob`), a
   *   stream of text or bytes, or the object that a framework parsed. Bytes that are compressed with gzip are
   *   decoded
   * @param method the method of the request. @default "POST"
   * @param contentEncoding the header `Content-Encoding` of the request, by which a body in another encoding
   *   is rejected by name. @default none
   * @returns the response to send; it never rejects
   */
  receive(body: unknown, method?: string, contentEncoding?: string): Promise<CallbackResponse>;
}

/**
 * Creates the function that handles callbacks: it verifies and parses the message, passes the event to your
 * handlers, once, and responds so that the cloud sends again what was not handled.
 *
 * | response | when |
 * | --- | --- |
 * | 200 | handled, now or before; no handler for it; with `acknowledge: "immediately"` before handling |
 * | 400 | not JSON, not an event, or not the gzip that it begins as |
 * | 403 | not signed, wrongly, or too long ago; the `code` in the response says which |
 * | 405, 408, 413 | not a POST; a body that is slower than `timeoutMs`; one that is larger than `bodyLimit` |
 * | 415 | a body in another encoding than gzip |
 * | 500 | a handler failed or was late; the store failed before; something in front has left no message |
 * | 503 | another copy is being handled, in another instance or for longer than this one can wait |
 *
 * An event comes at least once: after a response other than 200, the cloud sends it again, 12 times a minute
 * apart (screenshots 5 times, 2 minutes apart), and then gives up. Copies are recognized by the event's `id`:
 * one that comes while the first is being handled waits for it, one that comes after its success is not
 * handled again. Instances that share a `store` handle an event once among them: never twice at a time while
 * its lease can be extended, and twice only where an instance dies between the success of the handler and its
 * record in the store. Events may come in another order than they happened.
 *
 * The signature covers neither body nor URL: see {@link verifyCallback} for what follows from that.
 *
 * It runs wherever there are web-standard streams: Node, Bun, Deno, Workers and other edge runtimes.
 *
 * @throws CallbackError `invalid_configuration`, at once, for options that are wrong: no key above all
 * @example Hono, and anything else with web-standard requests
 * ```ts
 * const callbacks = createCallbackHandler({
 *   key: process.env.CALLBACK_KEY,
 *   onStreamBegin: (event) => rooms.open(event.streamId),
 *   onRecord: async (event) => await archive.add(event.videoUrl, event.duration),
 * });
 * app.post("/live", (c) => callbacks(c.req.raw));
 * ```
 * @example Fastify, with a parser that leaves the body as bytes
 * ```ts
 * fastify.post("/live", async ({ body, method, headers }, reply) => {
 *   const response = await callbacks.receive(body, method, headers["content-encoding"]);
 *   return reply.code(response.status).headers(response.headers).send(response.body);
 * });
 * ```
 * @see https://www.tencentcloud.com/document/product/267/38080
 */
export function createCallbackHandler(options: CallbackHandlerOptions): CallbackHandler {
  const receiver = new Receiver(options);
  const receive = (body: unknown, method = "POST", contentEncoding?: string): Promise<CallbackResponse> =>
    receiver.receive(body, method, contentEncoding);
  const handler = async (request: WebRequest): Promise<Response> => {
    const encoding = request.headers.get("content-encoding") ?? undefined;
    const { body, ...init } = await receive(request.body ?? "", request.method, encoding);
    return new Response(body, init);
  };
  return Object.assign(handler, { receive });
}
