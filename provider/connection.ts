import { Client } from "./api/client";
import { live } from "./api/contract/live";
import { createLists, type Lists } from "./api/lists";
import { createCredentials } from "./credentials";
import { Accounts } from "./credentials/account";
import { type CredentialContext, sharedBudget } from "./credentials/context";
import { own, words } from "./words";

/** The API client, the shared lists and the account lookup of a deployment. */
export interface Connection {
  client: Client;
  lists: Lists;
  /**
   * Returns the account of this run. With `onceWithinMs`, it sends one request to STS, which times out
   * after that many milliseconds.
   */
  account: (onceWithinMs?: number) => Promise<string>;
}

export function connect(context: CredentialContext): Connection {
  const { host, settings, backoff, clock, mayWrite } = context;
  if (settings.insecureEndpoints.length > 0) warnOfPlainHttp(context);
  const accounts = new Accounts(context);
  const credentials = createCredentials(context, accounts);
  const client = new Client(live, { ...settings, credentials, backoff, clock, host, mayWrite });
  const account = async (onceWithinMs?: number) => accounts.ofRun(await credentials(), onceWithinMs);
  return { client, lists: createLists(client, clock, () => sharedBudget(context)), account };
}

function warnOfPlainHttp({ host, settings, log }: CredentialContext): void {
  const endpoints = [...new Set(settings.insecureEndpoints.map(({ origin }) => origin))].join(" and ");
  const setting = own(host.settingName("insecureEndpoint"));
  const danger = "an attacker on the network can read keys and change responses";
  log("warning", words`calls to ${endpoints} are not encrypted, as ${setting} allows: ${own(danger)}.`);
}
