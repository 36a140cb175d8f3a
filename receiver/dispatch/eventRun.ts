import type { Timer } from "../../provider/api/clock";
import { CallbackError, type CallbackErrorCode } from "../callbackError";
import { type CallbackEvent, happenedAt } from "../events";
import type { EventStore } from "../stores/eventStore";
import type { Deadline } from "./deadline";
import { Lease } from "./lease";
import type { CallbackHandlerOptions, EventHandler, Success } from "./options";

/** What a run needs besides its event: the handlers, and everything else with its default. */
export interface RunParts {
  handlers: CallbackHandlerOptions;
  store: EventStore;
  report: (error: CallbackError) => void;
  /** Whether to respond before the handlers run. */
  immediately: boolean;
  timer: Timer;
  clock: () => number;
}

/** What came of an event. */
export type Outcome = CallbackError | Success;

/** How long after an event its copies may come: the last is sent after about 16 minutes. */
const COPIES_END_MS = 20 * 60_000;

/**
 * What is done for one copy of an event, from `begin` in the store until the handlers have ended, late or
 * not, and the store has recorded that.
 */
export class EventRun {
  /** Resolves, and never rejects, with what came of the event, however long that takes. */
  readonly ended: Promise<Outcome>;
  /** Resolves, and never rejects, with what to respond, before the deadline. */
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

  /** Whether the handlers have succeeded, though the store may not have recorded it yet. */
  get succeeded(): boolean {
    return this.#phase === "settling" && !this.#failure;
  }

  /** Takes the lease of the event, or says what came of the event without one. */
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
      // After the response was sent: a handler may occupy the process for a while.
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
    // Few handlers look at the signal, and making one takes time.
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

  /** The event was handled: a failure from now on is no reason to have the cloud send another copy. */
  async #record(lease: Lease): Promise<void> {
    const { type } = this.#event;
    try {
      if (await lease.handled()) return;
      this.#report("lease_lost", `A ${type} event was handled, but another instance has begun it too.`);
    } catch (cause) {
      this.#report("store_failed", `A ${type} event was handled, but the store did not record it.`, { cause });
    }
  }

  async #release(lease: Lease): Promise<void> {
    try {
      await lease.release();
    } catch (cause) {
      const message = `The store did not release a ${this.#event.type} event: its copies wait for the lease to end.`;
      this.#report("store_failed", message, { cause });
    }
  }

  /** Says what to respond when the time is up. */
  #late(): Outcome | Promise<Outcome> {
    if (this.#phase === "beginning") return this.ended;
    if (this.#phase === "settling") return this.#failure ?? "handled";
    const message = `The handler of a ${this.#event.type} event was not done within ${this.#deadline.limitMs} ms.`;
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
