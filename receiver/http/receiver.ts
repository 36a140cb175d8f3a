import { MAX_TIMER_MS, realTimer, type Timer } from "../../provider/api/clock";
import { CallbackError } from "../callbackError";
import { readMessage } from "../callbackPayload";
import { Deadline } from "../dispatch/deadline";
import { EventDispatcher } from "../dispatch/eventDispatcher";
import type { Outcome } from "../dispatch/eventRun";
import type { CallbackHandlerOptions, MessageReport } from "../dispatch/options";
import type { CallbackEvent } from "../events";
import { parseMessage } from "../parseCallback";
import { checkedStore } from "../stores/eventStore";
import { memoryStore } from "../stores/memoryStore";
import { checkedNumber, checkedVerification, type Verification, verifyPayload } from "../verifyCallback";
import { accepted, type CallbackResponse, isFailure, notAccepted } from "./callbackResponse";
import { readBody } from "./readBody";

/** Below the 20 s that the cloud waits for a response, and below the 5 s documented for push errors. */
const TIMEOUT_MS = 15_000;
const PUSH_EXCEPTION_TIMEOUT_MS = 4_000;

const defaultReport = (error: CallbackError): void => {
  if (isFailure(error)) console.error(error);
};

/** A failing report must not change the response. */
const guarded =
  <T>(report: (subject: T) => void) =>
  (subject: T): void => {
    try {
      report(subject);
    } catch (thrown) {
      console.error(thrown);
    }
  };

/** A message that is being processed. */
interface Incoming {
  body: unknown;
  method: string;
  encoding: string | undefined;
  deadline: Deadline;
  /** Set when the message was parsed. */
  event?: CallbackEvent;
}

/** Processes messages in any form and returns their responses: the whole handler except HTTP itself. */
export class Receiver {
  readonly #verification: Verification;
  readonly #bodyLimit: number;
  readonly #timeoutMs: number | undefined;
  readonly #timer: Timer;
  readonly #report: (error: CallbackError) => void;
  readonly #reportMessage: ((report: MessageReport) => void) | undefined;
  readonly #dispatcher: EventDispatcher;

  constructor(options: CallbackHandlerOptions) {
    const { timeoutMs, bodyLimit = 1024 * 1024, store = memoryStore(), timer = realTimer } = options;
    this.#verification = checkedVerification(options);
    this.#bodyLimit = checkedNumber("bodyLimit", bodyLimit, 1);
    if (timeoutMs !== undefined) this.#timeoutMs = checkedNumber("timeoutMs", timeoutMs, 1, MAX_TIMER_MS);
    this.#timer = timer;
    this.#report = guarded(options.onError ?? defaultReport);
    this.#reportMessage = options.onMessage && guarded(options.onMessage);
    this.#dispatcher = new EventDispatcher({
      handlers: options,
      store: checkedStore({ ...options, store }),
      report: this.#report,
      immediately: options.acknowledge === "immediately",
      timer,
      clock: this.#verification.clock,
    });
  }

  async receive(body: unknown, method: string, encoding: string | undefined): Promise<CallbackResponse> {
    const { clock } = this.#verification;
    const startTime = clock();
    const deadline = new Deadline(this.#timeoutMs ?? TIMEOUT_MS, this.#timer, clock);
    const incoming: Incoming = { body, method, encoding, deadline };
    const outcome = await this.#outcome(incoming);
    const failed = outcome instanceof CallbackError;
    const response = failed ? notAccepted(outcome) : accepted();
    this.#reportMessage?.({
      ...{ outcome: failed ? outcome.code : outcome, status: response.status },
      ...{ type: incoming.event?.type, eventId: incoming.event?.id },
      ...{ startTime, durationMs: Math.max(0, clock() - startTime) },
    });
    return response;
  }

  async #outcome(incoming: Incoming): Promise<Outcome> {
    const { deadline } = incoming;
    try {
      const event = await this.#open(incoming);
      incoming.event = event;
      if (event.type === "pushException" && this.#timeoutMs === undefined)
        deadline.shortenTo(PUSH_EXCEPTION_TIMEOUT_MS);
      return await this.#dispatcher.dispatch(event, deadline);
    } catch (error) {
      deadline.cancel();
      const failure =
        error instanceof CallbackError
          ? error
          : new CallbackError("handler_failed", "The receiver failed.", { cause: error });
      this.#report(failure);
      return failure;
    }
  }

  /** Verifies the message before it is parsed. */
  async #open({ body, method, encoding, deadline }: Incoming): Promise<CallbackEvent> {
    if (method !== "POST") throw new CallbackError("method_not_allowed", "Callbacks must be sent with POST.");
    if (body === undefined)
      throw new CallbackError("body_unavailable", "The body was already read, perhaps by a middleware, and not kept.");
    const message = readMessage(await readBody(body, { encoding, limit: this.#bodyLimit, deadline }));
    verifyPayload(message.payload, this.#verification);
    return parseMessage(message);
  }
}
