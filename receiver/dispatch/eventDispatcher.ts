import { CallbackError } from "../callbackError";
import type { CallbackEvent } from "../events";
import type { Deadline } from "./deadline";
import { EventRun, type Outcome, type RunParts } from "./eventRun";

/** Hands each event to its handlers: once, and never a second time while they run. */
export class EventDispatcher {
  readonly #parts: RunParts;
  /** What this process does now, by the id of the event. A run stays until its handlers have ended. */
  readonly #runs = new Map<string, EventRun>();

  constructor(parts: RunParts) {
    this.#parts = parts;
  }

  /**
   * Resolves, and never rejects, with what came of the event. Cancels the deadline when nothing waits for it any
   * more.
   */
  dispatch(event: CallbackEvent, deadline: Deadline): Promise<Outcome> {
    const running = this.#runs.get(event.id);
    if (running) return this.#join(running, event, deadline);
    const run = new EventRun(event, deadline, this.#parts);
    this.#runs.set(event.id, run);
    void run.ended.then(() => this.#runs.delete(event.id));
    return run.response;
  }

  /** Shares the outcome of a copy that came before, as far as there is time to wait for it. */
  async #join(run: EventRun, event: CallbackEvent, deadline: Deadline): Promise<Outcome> {
    const late = deadline.passed.then(() => "late" as const);
    const outcome = this.#parts.immediately ? "late" : await Promise.race([run.ended, late]);
    deadline.cancel();
    if (outcome === "late") return this.#inProgress(run, event);
    return outcome === "handled" ? "repeated" : outcome;
  }

  #inProgress(run: EventRun, event: CallbackEvent): Outcome {
    if (run.succeeded) return "repeated";
    const message = `Another copy of this ${event.type} event is being handled.`;
    const error = new CallbackError("in_progress", message, { event });
    this.#parts.report(error);
    return error;
  }
}
