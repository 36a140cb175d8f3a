import type { SeenStore } from "../dispatch/options";

/**
 * The ids in memory: the latest `limit` of them, at most some 300 bytes each. The one of its kind that a
 * handler uses by default.
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
