import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type CallbackEvent,
  type CallbackHandlerOptions,
  createCallbackHandler,
  parseCallback,
  type Timer,
} from "../../receiver";
import { streamBegin } from "./receiverSamples";

/** A key, a time and their signature that Tencent Cloud publishes, for a product that signs in the same way. */
export const KEY = "Xz4ZgayTr7rMgWQrH";
export const T = 1588040109;
export const SIGN = "a2dabb362a9b811c0e26953a6276a41c";
/** When the event of that signature happened, in milliseconds. */
export const SENT = (T - 600) * 1000;

/** A message with the published signature, which is good for any body. */
export const signed = (payload: object = streamBegin): Record<string, unknown> => ({ ...payload, t: T, sign: SIGN });

export const eventOf = (sequence: string): string => JSON.stringify(signed({ ...streamBegin, sequence }));

/** The event of a message. */
export const parse = (payload: object): CallbackEvent => parseCallback(JSON.stringify(payload));

/** The event without its payload, which has a test of its own. */
export function parsed(sample: object): Record<string, unknown> {
  const { payload: _payload, ...event } = parse(sample);
  return event;
}

/** Time that passes only when told to. */
export class ManualTimer {
  waiting: (() => void)[] = [];

  readonly timer: Timer = (_ms, expired) => {
    this.waiting.push(expired);
    return () => {
      this.waiting = this.waiting.filter((one) => one !== expired);
    };
  };

  expire(): void {
    for (const expired of this.waiting.splice(0)) expired();
  }
}

/** A handler at the time of the published signature, and the codes of the errors that it reported. */
export function receiver(options: CallbackHandlerOptions = {}) {
  const reported: string[] = [];
  const handler = createCallbackHandler({
    key: KEY,
    clock: () => SENT,
    onError: (error) => reported.push(error.code),
    ...options,
  });
  return { handler, reported };
}

/** The status that is answered. */
export const status = async (response: Promise<{ status: number }>): Promise<number> => (await response).status;

/** Lets everything that waits for nothing but promises run. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A promise that is settled from outside. */
export function deferred() {
  let resolve = (): void => {};
  let reject = (_error: Error): void => {};
  const promise = new Promise<void>((resolved, rejected) => {
    resolve = resolved;
    reject = rejected;
  });
  return { promise, resolve, reject };
}

/** Runs a test against a server, which is closed after it. */
export async function withServer(listener: RequestListener, test: (url: string) => Promise<unknown>): Promise<void> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    await test(`http://127.0.0.1:${(server.address() as AddressInfo).port}/live`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** Posts a message, and returns the answer's status and parsed body. */
export async function post(
  url: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<[number, { code: unknown; message?: string }]> {
  const response = await fetch(url, { method: "POST", body, headers });
  return [response.status, (await response.json()) as { code: unknown; message?: string }];
}
