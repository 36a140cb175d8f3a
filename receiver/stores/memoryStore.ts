import { checkedNumber } from "../verifyCallback";
import type { EventStore } from "./eventStore";

/**
 * Keeps the events of one process in memory: those that are being handled, and the latest `limit` handled
 * ones, at most about 300 bytes each. By default, each handler has its own.
 *
 * @param limit how many handled events, from 1. @default 10,000
 * @param clock a time in milliseconds that never goes back, for leases. @default performance.now
 * @throws CallbackError `invalid_configuration` for a limit that is not a number from 1
 * @example two handlers, for two templates, that share a store
 * ```ts
 * const store = memoryStore(50_000);
 * const first = createCallbackHandler({ key, store });
 * const second = createCallbackHandler({ key: other, store });
 * ```
 */
export function memoryStore(limit = 10_000, clock: () => number = () => performance.now()): EventStore {
  checkedNumber("limit", limit, 1);
  const leases = new Map<string, { token: string; until: number }>();
  const handled = new Set<string>();
  // The iterator is kept at the oldest id: a new iterator would first skip all deleted entries.
  const oldest = handled.values();
  let tokens = 0;
  const holds = (id: string, token: string): boolean => leases.get(id)?.token === token;
  return {
    begin(id, leaseMs) {
      if (handled.delete(id)) {
        // Makes the id the latest: a set keeps the order of insertion.
        handled.add(id);
        return { state: "handled" };
      }
      const now = clock();
      const lease = leases.get(id);
      if (lease && lease.until > now) return { state: "inProgress" };
      const token = String(++tokens);
      leases.set(id, { token, until: now + leaseMs });
      return { state: "begun", token };
    },
    extend(id, token, leaseMs) {
      if (!holds(id, token)) return false;
      leases.set(id, { token, until: clock() + leaseMs });
      return true;
    },
    handled(id, token) {
      if (!holds(id, token) && (leases.has(id) || handled.has(id))) return false;
      leases.delete(id);
      handled.add(id);
      if (handled.size > limit) handled.delete(String(oldest.next().value));
      return true;
    },
    release(id, token) {
      if (holds(id, token)) leases.delete(id);
    },
  };
}
