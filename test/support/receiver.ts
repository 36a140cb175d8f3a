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

/** A published key, time and signature of a Tencent Cloud product that signs in the same way. */
export const KEY = "Xz4ZgayTr7rMgWQrH";
export const T = 1588040109;
export const SIGN = "a2dabb362a9b811c0e26953a6276a41c";
/** When the event of that signature happened, in milliseconds. */
export const SENT = (T - 600) * 1000;

/** Returns a message with the published signature, which is valid for any body. */
export const signed = (payload: object = streamBegin): Record<string, unknown> => ({ ...payload, t: T, sign: SIGN });

export const eventOf = (sequence: string): string => JSON.stringify(signed({ ...streamBegin, sequence }));

/** Returns the event of a message. */
export const parse = (payload: object): CallbackEvent => parseCallback(JSON.stringify(payload));

/** Returns the event without its payload, which has its own test. */
export function parsed(sample: object): Record<string, unknown> {
  const { payload: _payload, ...event } = parse(sample);
  return event;
}

/** A timer whose time is advanced manually. */
export class ManualTimer {
  /** The waiting callbacks, by due time. */
  waiting: { at: number; expired: () => void }[] = [];
  /** The elapsed time, in milliseconds. */
  now = 0;

  readonly timer: Timer = (ms, expired) => {
    const alarm = { at: this.now + ms, expired };
    this.waiting.push(alarm);
    return () => {
      this.waiting = this.waiting.filter((one) => one !== alarm);
    };
  };

  /** Expires all waiting callbacks. */
  expire(): void {
    for (const { expired } of this.waiting.splice(0)) expired();
  }

  /** Advances the time, and runs the due callbacks and pending promises. */
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

/** Creates a handler at the time of the published signature, with the codes of its reported errors. */
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

/** Returns the status of the response. */
export const status = async (response: Promise<{ status: number }>): Promise<number> => (await response).status;

/** Waits until pending promises have run. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Creates a promise that can be settled from outside. */
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

/** Posts a message. Returns the status and the parsed body of the response. */
export async function post(
  url: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<[number, { code: unknown; message?: string }]> {
  const response = await fetch(url, { method: "POST", body, headers });
  return [response.status, (await response.json()) as { code: unknown; message?: string }];
}
