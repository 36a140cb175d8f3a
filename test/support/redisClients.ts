import { type Cluster, Redis } from "ioredis";
import { createClient, type createCluster } from "redis";
import { createClient as createLowestClient, type createCluster as createLowestCluster } from "redis-lowest";
import type { RedisClient } from "../../receiver/stores/redisStore";

type Accepted<Client extends RedisClient> = Client;
/**
 * The compiler checks that the store accepts the clients of all packages, for a single server and a cluster.
 */
export type AcceptedClients = [
  ...[Accepted<ReturnType<typeof createClient>>, Accepted<ReturnType<typeof createCluster>>],
  ...[Accepted<ReturnType<typeof createLowestClient>>, Accepted<ReturnType<typeof createLowestCluster>>],
  ...[Accepted<Redis>, Accepted<Cluster>],
];

/** A client with the additional functions for tests: any command, and the end of the connection. */
export interface TestClient {
  client: RedisClient;
  command(...args: string[]): Promise<unknown>;
  close(): Promise<void>;
}

const ignore = (): void => {};

async function nodeRedis(create: typeof createClient, url: string): Promise<TestClient> {
  const client = create({ url, disableOfflineQueue: true }).on("error", ignore);
  await client.connect();
  return { client, command: (...args) => client.sendCommand(args), close: () => client.disconnect() };
}

async function ioRedis(url: string): Promise<TestClient> {
  const client = new Redis(url, { enableOfflineQueue: false, lazyConnect: true }).on("error", ignore);
  await client.connect();
  const [command, close] = [
    (name: string, ...args: string[]) => client.call(name, ...args),
    async () => client.disconnect(),
  ];
  return { client, command, close };
}

/** Clients that fail immediately while the server is down, by package. */
export const REDIS_CLIENTS: Readonly<Record<string, (url: string) => Promise<TestClient>>> = {
  "redis 5": (url) => nodeRedis(createClient, url),
  "redis 4": (url) => nodeRedis(createLowestClient as unknown as typeof createClient, url),
  ioredis: ioRedis,
};
