import type { Clock } from "../api/clock";
import type { Credentials, GetCredentials } from "../api/credentials";

/**
 * How long before their expiry temporary credentials are renewed: by default longer than a request and its
 * retries take.
 */
const MARGIN_MS = 5 * 60_000;

/** How long to wait between a failed renewal and the next attempt, while the credentials are still valid. */
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
  return async (rejected) => {
    const current = held?.credentials;
    if (held && current && current !== rejected && clock.now() < held.renewAt) return current;
    search ??= renew().finally(() => {
      search = undefined;
    });
    if (!current || current === rejected || clock.now() >= (current.expiresAt ?? 0)) return search;
    return search.catch(() => {
      held = { credentials: current, renewAt: clock.now() + PAUSE_MS };
      return current;
    });
  };
}

/**
 * Returns the renewal time. Short-lived credentials are renewed at half of their time, not for every call.
 */
function renewalTime({ expiresAt = Number.POSITIVE_INFINITY }: Credentials, now: number): number {
  const left = expiresAt - now;
  return now + Math.max(left - MARGIN_MS, left / 2);
}
