import type { Timer } from "../../provider/api/clock";
import type { BeginResult, EventStore } from "../stores/eventStore";
import type { Deadline } from "./deadline";

/** How long a lease holds when it is not extended: for as long, a killed instance blocks its event. */
export const LEASE_MS = 60_000;

const EXTENSION_INTERVAL_MS = LEASE_MS / 5;

/** After these the lease counts as lost, while it still has a fifth of its time to run in the store. */
const MAX_MISSED_EXTENSIONS = 3;

/** What a lease is made of. */
export interface LeaseParts {
  store: EventStore;
  /** The id of the event. */
  id: string;
  timer: Timer;
  /** Called once if the lease is lost while it is being extended, with the store's last error. */
  onLost: (cause?: unknown) => void;
}

/** The sole right to handle one event. It extends itself until the event was handled or is released. */
export class Lease {
  readonly #parts: LeaseParts;
  readonly #token: string;
  #ticks = 0;
  /** The tick of the latest extension that the store has confirmed. */
  #confirmed = 0;
  #lastError: unknown;
  #ended = false;
  #cancelTick = (): void => {};

  private constructor(parts: LeaseParts, token: string) {
    this.#parts = parts;
    this.#token = token;
    this.#scheduleTick();
  }

  /** Takes the lease, if it is free. @throws Error where the store fails, or does not respond in time */
  static async begin(parts: LeaseParts, deadline: Deadline): Promise<Lease | "handled" | "inProgress"> {
    const begun = parts.store.begin(parts.id, LEASE_MS);
    const inTime = isPromise(begun) ? Promise.race([begun, deadline.passed]) : begun;
    const result = await inTime;
    if (result === undefined) {
      void releaseLate(parts, begun);
      throw new Error(`The store did not respond within ${deadline.limitMs} ms.`);
    }
    return result.state === "begun" ? new Lease(parts, result.token) : result.state;
  }

  /** Records the event as handled. @returns `false` where another holder has taken the event over */
  handled(): Promise<boolean> {
    this.#end();
    const { store, id } = this.#parts;
    return this.#withinLease(() => store.handled(id, this.#token));
  }

  /** Leaves the event to its next copy. */
  async release(): Promise<void> {
    this.#end();
    const { store, id } = this.#parts;
    await this.#withinLease(() => store.release(id, this.#token));
  }

  #scheduleTick(): void {
    this.#cancelTick = this.#parts.timer(EXTENSION_INTERVAL_MS, () => void this.#tick());
  }

  async #tick(): Promise<void> {
    const tick = ++this.#ticks;
    if (tick - this.#confirmed > MAX_MISSED_EXTENSIONS) return this.#lose(this.#lastError);
    this.#scheduleTick();
    const { store, id } = this.#parts;
    try {
      const held = await store.extend(id, this.#token, LEASE_MS);
      if (!held) this.#lose();
      // From when it was sent: the store may have carried it out at once and responded late.
      else this.#confirmed = Math.max(this.#confirmed, tick);
    } catch (error) {
      this.#lastError = error;
    }
  }

  #lose(cause?: unknown): void {
    if (this.#ended) return;
    this.#end();
    this.#parts.onLost(cause);
  }

  #end(): void {
    this.#ended = true;
    this.#cancelTick();
  }

  /** What the store says; an error if it has not responded when the lease has run out anyway. */
  async #withinLease<T>(call: () => T | Promise<T>): Promise<T> {
    const result = call();
    if (!isPromise(result)) return result;
    let cancel = (): void => {};
    const late = new Promise<never>((_, reject) => {
      const error = new Error(`The store did not respond within ${LEASE_MS} ms.`);
      cancel = this.#parts.timer(LEASE_MS, () => reject(error));
    });
    return Promise.race([result, late]).finally(cancel);
  }
}

/** Unlike `instanceof`, also for a promise of a library or of another context. */
const isPromise = <T>(value: T | PromiseLike<T>): value is PromiseLike<T> =>
  typeof (value as Partial<PromiseLike<T>> | undefined)?.then === "function";

/** Gives back what a store has begun after the deadline: a copy need not wait for the lease to run out. */
async function releaseLate({ store, id }: LeaseParts, begun: BeginResult | Promise<BeginResult>): Promise<void> {
  try {
    const result = await begun;
    if (result.state === "begun") await store.release(id, result.token);
  } catch {
    // The failure was reported when the time was up; the lease, if there is one, runs out.
  }
}
