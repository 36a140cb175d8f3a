import type { Credentials } from "../api/credentials";
import { ProviderError } from "../api/errors";
import { own, words } from "../words";
import { type CredentialContext, failedStep, securityTokenService } from "./context";

/**
 * Returns the account that credentials belong to; for those of a role, the account of the role. With
 * `onceWithinMs`, it sends one request to STS, which times out after that many milliseconds.
 */
export type LookUpAccount = (credentials: Credentials, onceWithinMs?: number) => Promise<string>;

/**
 * Creates a lookup that keeps the account of the same credentials. A failed request is not kept. Concurrent
 * lookups share a request only if both have the same limits: otherwise, one would fail without a retry, or
 * wait for the retries of the other.
 */
export function accountLookup(context: CredentialContext): LookUpAccount {
  const known = new WeakMap<Credentials, string>();
  const running = {
    once: new WeakMap<Credentials, Promise<string>>(),
    repeated: new WeakMap<Credentials, Promise<string>>(),
  };
  const request = (credentials: Credentials, onceWithinMs?: number): Promise<string> => {
    const ofItsKind = running[onceWithinMs === undefined ? "repeated" : "once"];
    const account = ofItsKind.get(credentials) ?? getCallerIdentity(credentials, context, onceWithinMs);
    ofItsKind.set(credentials, account);
    return account.finally(() => ofItsKind.delete(credentials));
  };
  return async (credentials, onceWithinMs) => {
    const account = known.get(credentials) ?? (await request(credentials, onceWithinMs));
    known.set(credentials, account);
    return account;
  };
}

/**
 * Checks that credentials belong to an allowed account.
 *
 * @throws ProviderError `Provider.AccountNotAllowed`
 */
export async function checkAccount(
  credentials: Credentials,
  allowed: readonly string[],
  { host }: CredentialContext,
  lookUp: LookUpAccount,
): Promise<void> {
  const account = await lookUp(credentials);
  if (allowed.includes(account)) return;
  const setting = own(host.settingName("allowedAccountIds"));
  const belong = words`the credentials from ${credentials.source} belong to account ${account}`;
  throw new ProviderError(words`${belong}, but ${setting} allows only ${allowed.join(", ")}`, {
    code: "Provider.AccountNotAllowed",
    remedy: words`Use credentials of an allowed account; if this one is right, add it to the list. ${own(host.staleness)}`,
  });
}

async function getCallerIdentity(
  credentials: Credentials,
  context: CredentialContext,
  onceWithinMs?: number,
): Promise<string> {
  const { client, budget } = securityTokenService(context, credentials, onceWithinMs);
  try {
    const response = await (onceWithinMs === undefined
      ? client.call("GetCallerIdentity", {}, budget)
      : client.send("GetCallerIdentity", {}));
    return response.AccountId;
  } catch (error) {
    throw failedStep(words`cannot determine the account of the credentials`, error);
  }
}
