import { Client } from "./api/client";
import { live } from "./api/contract/live";
import { createLists, type Lists } from "./api/lists";
import { createCredentials } from "./credentials";
import type { CredentialContext } from "./credentials/context";

/** What the resources of a deployment reach the cloud through. */
export interface Connection {
  client: Client;
  lists: Lists;
}

export function connect(context: CredentialContext): Connection {
  const { host, settings, backoff, clock } = context;
  const credentials = createCredentials(context);
  const client = new Client(live, { ...settings, credentials, backoff, clock, host });
  return { client, lists: createLists(client, settings.retryMs, clock) };
}
