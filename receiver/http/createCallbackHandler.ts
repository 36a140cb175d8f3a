import type { CallbackHandlerOptions } from "../dispatch/options";
import type { CallbackResponse } from "./callbackResponse";
import type { WebRequest } from "./platform";
import { Receiver } from "./receiver";

/** Responds to callbacks: a web-standard function, with a method for frameworks that have no `Request`. */
export interface CallbackHandler {
  (request: WebRequest): Promise<Response>;
  /**
   * Responds to one message. For frameworks without an adapter in this package.
   *
   * @param body the message in any form: text, bytes (an `ArrayBuffer`, any view of one, a `Blob`), a stream
   *   of text or bytes, or the object that a framework parsed. Gzip is decoded
   * @param method the method of the request. @default "POST"
   * @param contentEncoding the `Content-Encoding` of the request, to report an unsupported encoding by name.
   *   @default none
   * @returns the response to send; the promise never rejects
   */
  receive(body: unknown, method?: string, contentEncoding?: string): Promise<CallbackResponse>;
}

/**
 * Creates a function that handles callbacks. It verifies and parses each message and passes the event to your
 * handlers, once. If the event was not handled, it responds with an error, so that the cloud sends it again.
 *
 * | response | when |
 * | --- | --- |
 * | 200 | handled, now or before; no handler for it; with `acknowledge: "immediately"` before handling |
 * | 400 | not JSON, not an event, or damaged gzip |
 * | 403 | not signed, or the signature is wrong, expired or too new; the `code` is the reason |
 * | 405, 408, 413 | not a POST; body slower than `timeoutMs`; body larger than `bodyLimit` |
 * | 415 | a body in an encoding other than gzip |
 * | 500 | a handler failed or was late; the store failed before it; the body was consumed or transformed |
 * | 503 | another copy is being handled, in another instance or for longer than this one can wait |
 *
 * The cloud delivers an event at least once. After a response other than 200, it sends the event again, 12
 * times a minute apart (screenshots 5 times, 2 minutes apart), and then gives up. Copies are recognized by
 * the event's `id`. A copy that arrives while the first is being handled waits for it; a copy that arrives
 * after its success is not handled again. Instances that share a `store` handle each event once among them:
 * never twice at a time while the lease can be extended, and twice only if an instance dies between the
 * success of the handler and its record in the store. Events may arrive in a different order than they
 * happened.
 *
 * The signature covers neither body nor URL: see {@link verifyCallback} for the consequences.
 *
 * It runs on every platform with web-standard streams: Node, Bun, Deno, Workers and other edge runtimes.
 *
 * @throws CallbackError `invalid_configuration` for invalid options, such as a missing key
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
