import type { Credentials } from "../api/credentials";
import { ProviderError } from "../api/errors";
import { own, words } from "../words";
import { type CredentialContext, failedStep, securityTokenService } from "./context";

/**
 * Returns the account that credentials belong to; for those of a role, the account of the role. With
 * `onceWithinMs`, STS is asked once and has that many milliseconds to respond.
 */
export type LookUpAccount = (credentials: Credentials, onceWithinMs?: number) => Promise<string>;

/** Creates a lookup that asks STS once for the same credentials, unless that fails. */
export function accountLookup(context: CredentialContext): LookUpAccount {
  const known = new WeakMap<Credentials, Promise<string>>();
  return (credentials, onceWithinMs) => {
    const account = known.get(credentials) ?? getCallerIdentity(credentials, context, onceWithinMs);
    known.set(credentials, account);
    account.catch(() => known.delete(credentials));
    return account;
  };
}

/** Rejects credentials if the stack does not belong into their account. */
export async function checkAccount(
  credentials: Credentials,
  allowed: readonly string[],
  { host }: CredentialContext,
  lookUp: LookUpAccount,
): Promise<void> {
  const account = await lookUp(credentials);
  if (allowed.includes(account)) return;
  throw new ProviderError(
    words`the credentials from ${credentials.source} belong to account ${account}, and ${own(host.settingName("allowedAccountIds"))} allows only ${allowed.join(", ")}`,
    {
      code: "Provider.AccountNotAllowed",
      remedy: words`Use credentials of an allowed account, or add this one to the list. ${own(host.staleness)}`,
    },
  );
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
    throw failedStep(words`cannot find out which account the credentials belong to`, error);
  }
}
