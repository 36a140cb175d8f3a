import type { Clock } from "../api/clock";
import type { Credentials, GetCredentials } from "../api/credentials";

/**
 * How long before their expiry temporary credentials are renewed: longer than any request and its retries
 * take.
 */
const MARGIN_MS = 5 * 60_000;

/** How long credentials that still last are used before a renewal that failed is tried again. */
const PAUSE_MS = 30_000;

/**
 * Keeps the credentials that `find` returns until shortly before they expire, or until the API rejects them.
 * Concurrent callers share one search. If a renewal fails, the current credentials are used until they
 * expire.
 */
export function renewing(find: () => Promise<Credentials>, clock: Clock): GetCredentials {
  let held: { credentials: Credentials; renewAt: number } | undefined;
  let search: Promise<Credentials> | undefined;
  const renew = async (): Promise<Credentials> => {
    const credentials = await find();
    held = { credentials, renewAt: renewalTime(credentials, clock.now()) };
    return credentials;
  };
  return async (refused) => {
    const current = held?.credentials;
    if (held && current && current !== refused && clock.now() < held.renewAt) return current;
    search ??= renew().finally(() => {
      search = undefined;
    });
    if (!current || current === refused || clock.now() >= (current.expiresAt ?? 0)) return search;
    return search.catch(() => {
      held = { credentials: current, renewAt: clock.now() + PAUSE_MS };
      return current;
    });
  };
}

/** Half of their time is left to short-lived ones: they would otherwise be renewed for every call. */
function renewalTime({ expiresAt = Number.POSITIVE_INFINITY }: Credentials, now: number): number {
  const left = expiresAt - now;
  return now + Math.max(left - MARGIN_MS, left / 2);
}
