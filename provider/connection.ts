import { Client } from "./api/client";
import { live } from "./api/contract/live";
import { createLists, type Lists } from "./api/lists";
import { createCredentials } from "./credentials";
import type { Surroundings } from "./credentials/context";

/** What the resources of a deployment reach the cloud through. */
export interface Connection {
  client: Client;
  lists: Lists;
}

export function connect(surroundings: Surroundings): Connection {
  const { settings, backoff, now } = surroundings;
  const credentials = createCredentials(surroundings);
  const client = new Client(live, { ...settings, credentials, backoff, now });
  return { client, lists: createLists(client, settings.retryMs, now) };
}
