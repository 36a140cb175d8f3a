import { CallbackError } from "../callbackError";

/**
 * The state of an event when a copy of it arrives. `begun`: the event was free, and the caller now holds its
 * lease. `handled`: a handler has succeeded. `inProgress`: another caller holds the lease.
 */
export type BeginResult =
  | {
      /** The caller holds the lease. */
      readonly state: "begun";
      /** Identifies the lease in later calls. */
      readonly token: string;
    }
  | {
      /** The event must not be handled again. */
      readonly state: "handled";
    }
  | {
      /** A later copy may find another state. */
      readonly state: "inProgress";
    };

/**
 * Records which events are being handled and which were, so that all instances that share the store handle
 * each event once.
 *
 * An instance holds the lease of an event while its handlers run, and extends it. If an instance dies, its
 * lease expires, and the next copy of the event begins anew. Each method must be atomic. A method that takes
 * a token must change nothing if another token holds the event. If `begin` fails, no handler is called and
 * the response is 500; other errors are reported.
 *
 * `memoryStore` keeps the events of one process; `redisStore`, in `pulumi-tencentcloud-live/receiver/redis`,
 * keeps those of any number of instances.
 */
export interface EventStore {
  /**
   * Takes the lease of an event that is neither handled nor being handled.
   *
   * @param id the `id` of the event, at most 200 characters
   * @param leaseMs how long the lease is valid unless it is extended, in milliseconds
   * @returns `begun` with a unique token, or the reason why the lease was not granted
   */
  begin(id: string, leaseMs: number): BeginResult | Promise<BeginResult>;
  /**
   * Extends the lease to `leaseMs` from now.
   *
   * @returns whether it was extended: `false` if the token no longer holds the event
   */
  extend(id: string, token: string, leaseMs: number): boolean | Promise<boolean>;
  /**
   * Records that the event was handled, and ends the lease. The record must last for at least 20 minutes,
   * because copies may arrive for that long. It is also made if the lease has expired and no other caller has
   * begun.
   *
   * @returns whether it was recorded: `false` if another token holds the event or has handled it
   */
  handled(id: string, token: string): boolean | Promise<boolean>;
  /** Ends the lease of an event that was not handled, so that its next copy begins anew. */
  release(id: string, token: string): unknown;
}

const METHODS = ["begin", "extend", "handled", "release"] as const;

/**
 * Checks that a store has the methods of an {@link EventStore}.
 *
 * @throws CallbackError `invalid_configuration` otherwise, and for the store option of version 0.1.0, `seen`
 */
export function checkedStore({ store, seen }: { store?: unknown; seen?: unknown }): EventStore {
  if (seen !== undefined) throw new CallbackError("invalid_configuration", `The option seen is now store. ${CHANGE}`);
  const methods = store as Partial<Record<string, unknown>> | null;
  const missing = METHODS.filter((name) => typeof methods?.[name] !== "function");
  if (missing.length === 0) return store as EventStore;
  const old = methods && "has" in methods && "add" in methods ? ` ${CHANGE}` : "";
  throw new CallbackError("invalid_configuration", `The store has no ${missing.join(", ")}.${old}`);
}

const CHANGE =
  "A store with has and add, as in version 0.1.0, cannot keep two instances from handling one event at a time. " +
  "Use redisStore of pulumi-tencentcloud-live/receiver/redis, or implement begin, extend, handled and release.";
