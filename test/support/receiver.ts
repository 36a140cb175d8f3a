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
  /** What waits, by when it is due. */
  waiting: { at: number; expired: () => void }[] = [];
  /** How much time has passed, in milliseconds. */
  now = 0;

  readonly timer: Timer = (ms, expired) => {
    const alarm = { at: this.now + ms, expired };
    this.waiting.push(alarm);
    return () => {
      this.waiting = this.waiting.filter((one) => one !== alarm);
    };
  };

  /** Lets everything expire that waits now. */
  expire(): void {
    for (const { expired } of this.waiting.splice(0)) expired();
  }

  /** Lets time pass, and everything run that is due and needs nothing but promises. */
  async pass(ms: number): Promise<void> {
    const end = this.now + ms;
    for (;;) {
      await settle();
      const due = this.waiting.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
      if (!due) break;
      this.waiting = this.waiting.filter((one) => one !== due);
      this.now = due.at;
      due.expired();
    }
    this.now = end;
  }
}

/** A handler at the time of the published signature, and the codes of the errors that it reported. */
export function receiver(options: CallbackHandlerOptions = {}) {
  const reported: string[] = [];
  const lost: string[] = [];
  const handler = createCallbackHandler({
    key: KEY,
    clock: () => SENT,
    onError: (error) => (error.lost ? lost : reported).push(error.code),
    ...options,
  });
  return { handler, reported, lost };
}

/** The status that is answered. */
export const status = async (response: Promise<{ status: number }>): Promise<number> => (await response).status;

/** Lets everything that waits for nothing but promises run. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A promise that is settled from outside. */
export function deferred<T = void>() {
  let resolve = (_value: T): void => {};
  let reject = (_error: Error): void => {};
  const promise = new Promise<T>((resolved, rejected) => {
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
