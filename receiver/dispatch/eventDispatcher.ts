import { CallbackError } from "../callbackError";
import type { CallbackEvent } from "../events";
import type { Deadline } from "./deadline";
import { EventRun, type Outcome, type RunParts } from "./eventRun";

/** Passes each event to its handlers. Never starts them again for the same event while they run. */
export class EventDispatcher {
  readonly #parts: RunParts;
  /** The current runs of this process, by event id. A run stays until its handlers have ended. */
  readonly #runs = new Map<string, EventRun>();

  constructor(parts: RunParts) {
    this.#parts = parts;
  }

  /**
   * Resolves to the outcome of the event; never rejects. Cancels the deadline when it is no longer needed.
   */
  dispatch(event: CallbackEvent, deadline: Deadline): Promise<Outcome> {
    const running = this.#runs.get(event.id);
    if (running) return this.#join(running, event, deadline);
    const run = new EventRun(event, deadline, this.#parts);
    this.#runs.set(event.id, run);
    void run.ended.then(() => this.#runs.delete(event.id));
    return run.response;
  }

  /** Waits for the outcome of an earlier copy until the deadline. */
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
