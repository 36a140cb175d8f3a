import { Client } from "../api/client";
import type { Clock } from "../api/clock";
import { sts } from "../api/contract/sts";
import type { Credentials } from "../api/credentials";
import { LiveError, reworded } from "../api/errors";
import { type Backoff, type Budget, startBudget } from "../api/retry";
import type { Host } from "../host";
import { type Severity, waitNotice } from "../log";
import type { Settings } from "../settings";
import type { Environment } from "../settings/keys";
import type { RoleSettings } from "../settings/role";
import { joinWords, type Phrase, type Words, words } from "../words";

/** The settings and the dependencies of the search for credentials. */
export interface CredentialContext {
  host: Host;
  environment: Environment;
  settings: Settings;
  backoff: Backoff;
  clock: Clock;
  /** Receives every secret that is found, before it is used. */
  keepSecret: (secrets: readonly string[]) => void;
  /** Shows a message to the user during the run. */
  log: (severity: Severity, message: Words) => void;
  /** Ends waits and retries. */
  signal?: AbortSignal;
  /** Whether calls that change the account may begin. @default always */
  mayWrite?: () => boolean;
  /** Returns the accounts that the resources of this run record. @default none */
  recordedAccounts?: () => readonly string[];
}

/** The credentials of a source, and the role to assume with them. */
export interface ResolvedCredentials {
  credentials: Credentials;
  role?: RoleSettings | undefined;
}

/** The API of STS requires a region, although the response is the same in all. */
const ANY_REGION = "ap-guangzhou";

/** Starts the budget of a call that several resources wait for. A long wait is reported by its action. */
export function sharedBudget({ settings, clock, log, signal }: CredentialContext): Budget {
  const onLongWait = (failure: unknown, remainingMs: number) => log("info", waitNotice(failure, remainingMs));
  return startBudget(clock, settings.retryMs, { onLongWait, signal });
}

/**
 * Creates an STS client and the budget of a call. Without credentials, only unsigned actions can be called.
 */
export function securityTokenService(
  context: CredentialContext,
  credentials?: Credentials,
  requestTimeoutMs = context.settings.requestTimeoutMs,
): { client: Client<typeof sts>; budget: Budget } {
  const { host, settings, environment, backoff, clock } = context;
  const { stsEndpoint: endpoint } = settings;
  const region = settings.region ?? (environment["TKE_REGION"] || ANY_REGION);
  const signedWith = (): Credentials => {
    if (credentials) return credentials;
    throw new Error("this call has to be signed");
  };
  const client = new Client(sts, { endpoint, region, requestTimeoutMs, backoff, clock, host, credentials: signedWith });
  return { client, budget: sharedBudget(context) };
}

/**
 * Creates the failure of a step in the search for credentials, with its purpose and additional advice. The
 * caller does not retry.
 */
export function failedStep(what: Words, failure: unknown, hints: readonly (Phrase | undefined)[] = []): unknown {
  if (!(failure instanceof LiveError)) return failure;
  const { reason, advice, remedy } = failure;
  const others = hints.filter((hint) => hint !== undefined && !remedy.includes(String(hint)));
  return reworded(failure, words`${what}: ${reason}`, joinWords([advice, ...others], " "));
}
