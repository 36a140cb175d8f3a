import type { Timer } from "../../provider/api/clock";
import type { BeginResult, EventStore } from "../stores/eventStore";
import type { Deadline } from "./deadline";

/** How long a lease is valid unless it is extended. A killed instance blocks its event for this time. */
export const LEASE_MS = 60_000;

const EXTENSION_INTERVAL_MS = LEASE_MS / 5;

/** After this many, the lease counts as lost, with a fifth of its time left in the store. */
const MAX_MISSED_EXTENSIONS = 3;

/** The parameters of a lease. */
export interface LeaseParts {
  store: EventStore;
  /** The id of the event. */
  id: string;
  timer: Timer;
  /** Called at most once, when the lease is lost; with the store's last error if extensions failed. */
  onLost: (cause?: unknown) => void;
}

/** The exclusive right to handle one event. It is extended until the event is handled or released. */
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

  /** Takes the lease if it is free. @throws Error if the store fails or does not respond in time */
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

  /** Records the event as handled. @returns `false` if another holder has taken over the event */
  handled(): Promise<boolean> {
    this.#end();
    const { store, id } = this.#parts;
    return this.#withinLease(() => store.handled(id, this.#token));
  }

  /** Ends the lease of an event that was not handled, so that its next copy begins anew. */
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
      // Counts from when the request was sent: the store may have extended the lease then and responded late.
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

  /** Returns the result of the store. Rejects if there is none after the duration of a lease. */
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

/** Unlike `instanceof`, also accepts promises of libraries and of other realms. */
const isPromise = <T>(value: T | PromiseLike<T>): value is PromiseLike<T> =>
  typeof (value as Partial<PromiseLike<T>> | undefined)?.then === "function";

/** Releases a lease that the store granted after the deadline. Copies then need not wait for its expiry. */
async function releaseLate({ store, id }: LeaseParts, begun: BeginResult | Promise<BeginResult>): Promise<void> {
  try {
    const result = await begun;
    if (result.state === "begun") await store.release(id, result.token);
  } catch {
    // The failure was reported at the deadline. The lease, if there is one, expires.
  }
}
