import type { Timer } from "../../provider/api/clock";
import { CallbackError, type CallbackErrorCode } from "../callbackError";
import { type CallbackEvent, happenedAt } from "../events";
import type { EventStore } from "../stores/eventStore";
import type { Deadline } from "./deadline";
import { Lease } from "./lease";
import type { CallbackHandlerOptions, EventHandler, Success } from "./options";

/** What all runs share: the handlers and the other options, with their defaults applied. */
export interface RunParts {
  handlers: CallbackHandlerOptions;
  store: EventStore;
  report: (error: CallbackError) => void;
  /** Whether to respond before the handlers run. */
  immediately: boolean;
  timer: Timer;
  clock: () => number;
}

/** The outcome of an event. */
export type Outcome = CallbackError | Success;

/** How long after an event copies may arrive. The cloud sends the last one after about 16 minutes. */
const COPIES_END_MS = 20 * 60_000;

/**
 * The handling of one copy of an event: from `begin` in the store until the handlers have ended, late or not,
 * and the store has recorded the outcome.
 */
export class EventRun {
  /** Resolves to the outcome of the event, however long that takes; never rejects. */
  readonly ended: Promise<Outcome>;
  /** Resolves to the outcome for the response, at the deadline at the latest; never rejects. */
  readonly response: Promise<Outcome>;
  readonly #event: CallbackEvent;
  readonly #deadline: Deadline;
  readonly #parts: RunParts;
  readonly #abort = new AbortController();
  #phase: "beginning" | "handling" | "settling" = "beginning";
  #failure: CallbackError | undefined;

  constructor(event: CallbackEvent, deadline: Deadline, parts: RunParts) {
    this.#event = event;
    this.#deadline = deadline;
    this.#parts = parts;
    const begun = this.#begin();
    this.ended = this.#handle(begun);
    const inTime = Promise.race([this.ended, deadline.passed.then(() => this.#late())]);
    this.response = parts.immediately
      ? begun.then((lease) => (lease instanceof Lease ? "acknowledged" : lease))
      : inTime;
  }

  /** Whether the handlers have succeeded, even if the store has not recorded it yet. */
  get succeeded(): boolean {
    return this.#phase === "settling" && !this.#failure;
  }

  /** Takes the lease of the event, or returns the outcome if the store does not grant it. */
  async #begin(): Promise<Lease | Outcome> {
    const { store, timer } = this.#parts;
    const { id, type } = this.#event;
    try {
      const onLost = (cause?: unknown) => this.#leaseLost(cause);
      const lease = await Lease.begin({ store, id, timer, onLost }, this.#deadline);
      if (lease instanceof Lease) return lease;
      if (lease === "handled") return "repeated";
      return this.#report("in_progress", `Another instance is handling this ${type} event.`);
    } catch (cause) {
      return this.#fail("store_failed", `The store failed before a ${type} event was handled.`, cause);
    }
  }

  async #handle(begun: Promise<Lease | Outcome>): Promise<Outcome> {
    const lease = await begun;
    if (lease instanceof Lease) {
      this.#phase = "handling";
      // Lets the response go out first: a handler may block the event loop.
      if (this.#parts.immediately) await new Promise<void>((resolve) => void this.#parts.timer(0, resolve));
      this.#failure = await this.#callHandlers();
      this.#phase = "settling";
      await (this.#failure ? this.#release(lease) : this.#record(lease));
    }
    this.#deadline.cancel();
    return lease instanceof Lease ? (this.#failure ?? "handled") : lease;
  }

  async #callHandlers(): Promise<CallbackError | undefined> {
    const { handlers } = this.#parts;
    const event = this.#event;
    const abort = this.#abort;
    // A getter: few handlers use the signal, and creating one takes time.
    const context = {
      get signal() {
        return abort.signal;
      },
    };
    const name =
      `on${event.type.charAt(0).toUpperCase()}${event.type.slice(1)}` as `on${Capitalize<typeof event.type>}`;
    try {
      await handlers.onEvent?.(event, context);
      await (handlers[name] as EventHandler<CallbackEvent> | undefined)?.(event, context);
      return undefined;
    } catch (cause) {
      return this.#fail("handler_failed", `The handler of a ${event.type} event failed.`, cause);
    }
  }

  /** Records the success. A failure here is only reported: the cloud need not send a handled event again. */
  async #record(lease: Lease): Promise<void> {
    const { type } = this.#event;
    try {
      if (await lease.handled()) return;
      this.#report("lease_lost", `A ${type} event was handled, but another instance has also begun it.`);
    } catch (cause) {
      this.#report("store_failed", `A ${type} event was handled, but the store did not record it.`, { cause });
    }
  }

  async #release(lease: Lease): Promise<void> {
    try {
      await lease.release();
    } catch (cause) {
      const message = `The store did not release a ${this.#event.type} event: its copies wait until the lease expires.`;
      this.#report("store_failed", message, { cause });
    }
  }

  /** Returns the outcome for the response when the time is up. */
  #late(): Outcome | Promise<Outcome> {
    if (this.#phase === "beginning") return this.ended;
    if (this.#phase === "settling") return this.#failure ?? "handled";
    const message = `The handler of a ${this.#event.type} event did not finish within ${this.#deadline.limitMs} ms.`;
    const error = this.#fail("handler_timeout", message);
    this.#abort.abort(error);
    return error;
  }

  #leaseLost(cause?: unknown): void {
    const message = `The lease of a ${this.#event.type} event was lost: another instance may handle it too.`;
    this.#abort.abort(this.#report("lease_lost", message, cause === undefined ? {} : { cause }));
  }

  /** Reports that the event was not handled: it is lost unless the cloud sends another copy. */
  #fail(code: CallbackErrorCode, message: string, cause?: unknown): CallbackError {
    const { immediately, clock } = this.#parts;
    const acknowledged = immediately && this.#phase !== "beginning";
    const lost = acknowledged || clock() - (happenedAt(this.#event) ?? clock()) > COPIES_END_MS;
    return this.#report(code, message, cause === undefined ? { lost } : { cause, lost });
  }

  #report(code: CallbackErrorCode, message: string, details: { cause?: unknown; lost?: boolean } = {}): CallbackError {
    const error = new CallbackError(code, message, { ...details, event: this.#event });
    this.#parts.report(error);
    return error;
  }
}
