/**
 * A store that lets several instances of a receiver handle each event once.
 *
 * @module pulumi-tencentcloud-live/receiver/redis
 */

import { CallbackError } from "../callbackError";
import { checkedNumber } from "../verifyCallback";
import type { EventStore } from "./eventStore";

/** A client of the package `redis`, version 4 or later: what `createClient` or `createCluster` returns. */
export interface NodeRedisClient {
  /** Runs a script in Redis. */
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

/** A client of the package `ioredis`: a `Redis` or a `Cluster`. */
export interface IoRedisClient {
  /** Runs a script in Redis. */
  eval(script: string, numberOfKeys: number, ...keysAndArguments: string[]): Promise<unknown>;
  /** By this method it is told from a client of `redis`. */
  defineCommand(name: string, definition: { lua: string; numberOfKeys?: number }): unknown;
}

/** A client that is connected, or connects by itself. */
export type RedisClient = NodeRedisClient | IoRedisClient;

/** How {@link redisStore} keeps its records. */
export interface RedisStoreOptions {
  /** What the keys begin with; the `id` of the event follows. @default "tencentcloud-live:" */
  prefix?: string | undefined;
  /**
   * How long a handled event is remembered, in seconds, from 1. At least 1,200, or copies may be handled
   * again: the last one comes about 16 minutes after the event.
   *
   * @default 3600
   */
  ttlSeconds?: number | undefined;
}

/** A key holds `running:<token>` or `handled:<token>`. Both expire: the lease, and the record. */
const BEGIN = `
local state = redis.call("get", KEYS[1])
if state then return state end
redis.call("set", KEYS[1], ARGV[1], "px", ARGV[2])
return ARGV[1]`;

const EXTEND = `
if redis.call("get", KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call("pexpire", KEYS[1], ARGV[2])`;

const HANDLED = `
local state = redis.call("get", KEYS[1])
if state and state ~= ARGV[1] and state ~= ARGV[2] then return 0 end
redis.call("set", KEYS[1], ARGV[2], "px", ARGV[3])
return 1`;

const RELEASE = `
if redis.call("get", KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call("del", KEYS[1])`;

/**
 * Keeps the events of all instances in Redis, so that each is handled once among them. One key for each
 * event, of about 200 bytes; each call is one round trip, and atomic.
 *
 * It takes a client of `redis` (version 4 or later) or of `ioredis`, alone or for a cluster. Let the client
 * fail rather than wait while Redis is away (`disableOfflineQueue: true`, `enableOfflineQueue: false`): then
 * the response is 500 at once, and not at `timeoutMs`. Redis must not evict the keys: set `maxmemory-policy`
 * to `noeviction` or to one that spares them. What a failover or a restart forgets may be handled again;
 * nothing that was not handled is answered with 200.
 *
 * @param client the client; connecting and closing it stay with the caller
 * @throws CallbackError `invalid_configuration` for options that are wrong, or something else than a client
 * @example
 * ```ts
 * import { createClient } from "redis";
 * import { redisStore } from "pulumi-tencentcloud-live/receiver/redis";
 *
 * const client = await createClient({ url: process.env.REDIS_URL, disableOfflineQueue: true })
 *   .on("error", console.error)
 *   .connect();
 * const callbacks = createCallbackHandler({ key, store: redisStore(client), onRecord });
 * ```
 */
export function redisStore(client: RedisClient, options: RedisStoreOptions = {}): EventStore {
  const { prefix = "tencentcloud-live:", ttlSeconds = 3_600 } = options;
  const ttlMs = milliseconds(checkedNumber("ttlSeconds", ttlSeconds, 1) * 1000);
  const run = scriptRunner(client);
  return {
    async begin(id, leaseMs) {
      const token = crypto.randomUUID();
      const state = String(await run(BEGIN, prefix + id, running(token), milliseconds(leaseMs)));
      // Its own token, too, where the client has sent the command again after the connection broke.
      if (state === running(token)) return { state: "begun", token };
      return { state: state.startsWith("handled:") ? "handled" : "inProgress" };
    },
    extend: async (id, token, leaseMs) =>
      succeeded(await run(EXTEND, prefix + id, running(token), milliseconds(leaseMs))),
    handled: async (id, token) => succeeded(await run(HANDLED, prefix + id, running(token), `handled:${token}`, ttlMs)),
    release: (id, token) => run(RELEASE, prefix + id, running(token)),
  };
}

const running = (token: string): string => `running:${token}`;
const succeeded = (reply: unknown): boolean => Number(reply) === 1;
/** Redis takes whole numbers only. */
const milliseconds = (ms: number): string => String(Math.ceil(ms));

/** Runs a script on one key, with either kind of client. */
function scriptRunner(client: RedisClient): (script: string, key: string, ...args: string[]) => Promise<unknown> {
  if (typeof client?.eval !== "function")
    throw new CallbackError("invalid_configuration", "redisStore takes a client of redis (from version 4) or ioredis.");
  if ("defineCommand" in client) return (script, key, ...args) => client.eval(script, 1, key, ...args);
  return (script, key, ...args) => client.eval(script, { keys: [key], arguments: args });
}
