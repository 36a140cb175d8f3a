/**
 * Remembers the ids of events whose handler has succeeded, so that another copy is answered without handling it again.
 * Give your own to remember across restarts and instances, for example in Redis, with an expiry of at least 20 minutes:
 * the last copy of an event comes about 16 minutes after the first.
 *
 * An error of `has` is answered with 500, so that the cloud sends again; one of `add` is reported only.
 *
 * @example
 * ```ts
 * const seen: SeenStore = {
 *   has: async (id) => (await redis.exists(`live:${id}`)) === 1,
 *   add: async (id) => void (await redis.set(`live:${id}`, "1", { EX: 3600 })),
 * };
 * ```
 */
export interface SeenStore {
  has(id: string): boolean | Promise<boolean>;
  add(id: string): unknown;
}

/**
 * The ids in memory: the latest `limit` of them, at most some 300 bytes each. The one of its kind that a handler uses
 * by default.
 *
 * @param limit how many ids. @default 10,000
 */
export function memorySeenStore(limit = 10_000): SeenStore {
  const ids = new Set<string>();
  return {
    has(id) {
      const found = ids.delete(id);
      // Added again it is the youngest: a set keeps the order of insertion.
      if (found) ids.add(id);
      return found;
    },
    add(id) {
      ids.delete(id);
      ids.add(id);
      for (const oldest of ids) {
        if (ids.size <= limit) return;
        ids.delete(oldest);
      }
    },
  };
}
