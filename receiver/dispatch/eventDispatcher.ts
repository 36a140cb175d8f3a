import type { Timer } from "../../provider/api/clock";
import { CallbackError } from "../callbackError";
import type { CallbackEvent } from "../events";
import type { CallbackHandlerOptions, EventContext, EventHandler, SeenStore } from "./options";

/** What a dispatcher needs: the handlers, and everything else with its default. */
export interface DispatcherParts {
  handlers: CallbackHandlerOptions;
  seen: SeenStore;
  report: (error: CallbackError) => void;
  timeoutMs: number;
  timer: Timer;
}

/** Hands each event to its handlers: once, and within the time that there is. */
export class EventDispatcher {
  readonly #parts: DispatcherParts;
  /** The events that are being handled, by id; none stays longer than the time limit. */
  readonly #pending = new Map<string, Promise<CallbackError | undefined>>();

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
  }

  /** Resolves, and never rejects, with what went wrong. A second copy shares the outcome of the first. */
  dispatch(event: CallbackEvent): Promise<CallbackError | undefined> {
    const first = this.#pending.get(event.id);
    if (first) return first;
    const outcome = this.#outcome(event).finally(() => this.#pending.delete(event.id));
    this.#pending.set(event.id, outcome);
    return outcome;
  }

  async #outcome(event: CallbackEvent): Promise<CallbackError | undefined> {
    try {
      await this.#withinTime(event, (context) => this.#handleOnce(event, context));
      return undefined;
    } catch (error) {
      const failure = error as CallbackError;
      this.#parts.report(failure);
      return failure;
    }
  }

  /** An event counts as seen when its handlers have succeeded, even if that is after its time. */
  async #handleOnce(event: CallbackEvent, context: EventContext): Promise<void> {
    const { seen, report } = this.#parts;
    const storeFailed = (cause: unknown) =>
      new CallbackError("store_failed", "The store of seen events failed.", { cause, event });
    if (await attempt(() => seen.has(event.id), storeFailed)) return;
    await attempt(
      () => callHandlers(this.#parts.handlers, event, context),
      (cause) => new CallbackError("handler_failed", `The handler of a ${event.type} event failed.`, { cause, event }),
    );
    // The event was handled: asking the cloud for another copy would have it handled twice.
    await attempt(() => seen.add(event.id), storeFailed).catch(report);
  }

  #withinTime(event: CallbackEvent, work: (context: EventContext) => Promise<void>): Promise<void> {
    const { timeoutMs, timer } = this.#parts;
    const abort = new AbortController();
    return new Promise((resolve, reject) => {
      const cancel = timer(timeoutMs, () => {
        const message = `The handler of a ${event.type} event was not done within ${timeoutMs} ms.`;
        const late = new CallbackError("handler_timeout", message, { event });
        abort.abort(late);
        reject(late);
      });
      work({ signal: abort.signal }).then(resolve, reject).finally(cancel);
    });
  }
}

/** The result of a function that may throw or reject, its error translated. */
async function attempt<T>(run: () => T | Promise<T>, translate: (cause: unknown) => CallbackError): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    throw translate(cause);
  }
}

async function callHandlers(handlers: CallbackHandlerOptions, event: CallbackEvent, context: EventContext) {
  await handlers.onEvent?.(event, context);
  const name = `on${event.type.charAt(0).toUpperCase()}${event.type.slice(1)}` as `on${Capitalize<typeof event.type>}`;
  const own = handlers[name] as EventHandler<CallbackEvent> | undefined;
  await own?.(event, context);
}
