import type { Credentials } from "../api/credentials";
import { ProviderError } from "../api/errors";
import { type CredentialContext, failedStep, securityTokenService } from "./context";

/** Asks whose the credentials are, and refuses them if the stack does not belong into that account. */
export async function checkAccount(
  credentials: Credentials,
  allowed: readonly string[],
  context: CredentialContext,
): Promise<void> {
  const { host } = context;
  const account = await accountOf(credentials, context);
  if (allowed.includes(account)) return;
  throw new ProviderError(
    `the credentials from ${credentials.source} belong to account ${account}, ` +
      `and ${host.settingName("allowedAccountIds")} allows only ${allowed.join(", ")}`,
    {
      code: "Provider.AccountNotAllowed",
      remedy: `Use credentials of an allowed account, or add this one to the list. ${host.staleness}`,
    },
  );
}

async function accountOf(credentials: Credentials, context: CredentialContext): Promise<string> {
  const { client, budget } = securityTokenService(context, credentials);
  try {
    return (await client.call("GetCallerIdentity", {}, budget)).AccountId;
  } catch (error) {
    throw failedStep("cannot find out which account the credentials belong to", error);
  }
}
