import { Client } from "./api/client";
import { live } from "./api/contract/live";
import { createLists, type Lists } from "./api/lists";
import { createCredentials } from "./credentials";
import { accountLookup } from "./credentials/account";
import { type CredentialContext, sharedBudget } from "./credentials/context";

/** What the resources of a deployment reach the cloud through. */
export interface Connection {
  client: Client;
  lists: Lists;
  /**
   * Returns the account of the credentials. With `onceWithinMs`, STS is asked once and has that many milliseconds
   * to respond.
   */
  account: (onceWithinMs?: number) => Promise<string>;
}

export function connect(context: CredentialContext): Connection {
  const { host, settings, backoff, clock } = context;
  const lookUp = accountLookup(context);
  const credentials = createCredentials(context, lookUp);
  const client = new Client(live, { ...settings, credentials, backoff, clock, host });
  const account = async (onceWithinMs?: number) => lookUp(await credentials(), onceWithinMs);
  return { client, lists: createLists(client, clock, () => sharedBudget(context)), account };
}
