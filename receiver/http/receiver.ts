import { MAX_TIMER_MS, realTimer, type Timer } from "../../provider/api/clock";
import { CallbackError } from "../callbackError";
import { readPayload } from "../callbackPayload";
import { EventDispatcher } from "../dispatch/eventDispatcher";
import type { CallbackHandlerOptions } from "../dispatch/options";
import type { CallbackEvent } from "../events";
import { parsePayload } from "../parseCallback";
import { memorySeenStore } from "../stores/memorySeenStore";
import { checkedNumber, checkedVerification, type Verification, verifyPayload } from "../verifyCallback";
import { accepted, type CallbackResponse, isRejection, notAccepted } from "./callbackResponse";
import { type BodyLimits, readBody } from "./readBody";

const defaultReport = (error: CallbackError): void => {
  if (!isRejection(error)) console.error(error);
};

/** The response must not depend on whether the error could be reported. */
const guarded =
  (report: (error: CallbackError) => void) =>
  (error: CallbackError): void => {
    try {
      report(error);
    } catch (thrown) {
      console.error(thrown);
    }
  };

/** Answers messages, in whatever form they come; all of a handler but HTTP. */
export class Receiver {
  readonly #verification: Verification;
  readonly #limits: BodyLimits;
  readonly #immediately: boolean;
  readonly #timer: Timer;
  readonly #report: (error: CallbackError) => void;
  readonly #dispatcher: EventDispatcher;

  constructor(options: CallbackHandlerOptions) {
    const { timeoutMs = 15_000, bodyLimit = 1024 * 1024, seen = memorySeenStore() } = options;
    this.#verification = checkedVerification(options);
    this.#immediately = options.acknowledge === "immediately";
    this.#timer = options.timer ?? realTimer;
    this.#limits = {
      bodyLimit: checkedNumber("bodyLimit", bodyLimit, 1),
      timeoutMs: checkedNumber("timeoutMs", timeoutMs, 1, MAX_TIMER_MS),
      timer: this.#timer,
    };
    this.#report = guarded(options.onError ?? defaultReport);
    this.#dispatcher = new EventDispatcher({
      handlers: options,
      seen,
      report: this.#report,
      timeoutMs: this.#limits.timeoutMs,
      timer: this.#timer,
    });
  }

  async receive(body: unknown, method: string): Promise<CallbackResponse> {
    try {
      return await this.#accept(await this.#open(body, method));
    } catch (error) {
      const failure =
        error instanceof CallbackError
          ? error
          : new CallbackError("handler_failed", "The receiver failed.", { cause: error });
      this.#report(failure);
      return notAccepted(failure);
    }
  }

  /** Verified first, parsed then. */
  async #open(body: unknown, method: string): Promise<CallbackEvent> {
    if (method !== "POST") throw new CallbackError("method_not_allowed", "Callbacks are sent by POST.");
    if (body === undefined)
      throw new CallbackError("body_unavailable", "Something in front has read the body and left nothing of it.");
    const payload = readPayload(isStream(body) ? await readBody(body, this.#limits) : body);
    verifyPayload(payload, this.#verification);
    return parsePayload(payload);
  }

  async #accept(event: CallbackEvent): Promise<CallbackResponse> {
    if (this.#immediately) {
      this.#timer(0, () => void this.#dispatcher.dispatch(event));
      return accepted();
    }
    const failure = await this.#dispatcher.dispatch(event);
    return failure ? notAccepted(failure) : accepted();
  }
}

const isStream = (body: unknown): body is AsyncIterable<Uint8Array> =>
  typeof body === "object" && body !== null && Symbol.asyncIterator in body;
