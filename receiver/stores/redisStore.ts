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
  /** Distinguishes it from a client of `redis`. */
  defineCommand(name: string, definition: { lua: string; numberOfKeys?: number }): unknown;
}

/** A client that is connected, or that connects automatically. */
export type RedisClient = NodeRedisClient | IoRedisClient;

/** How {@link redisStore} keeps its records. */
export interface RedisStoreOptions {
  /** The prefix of the keys; the `id` of the event follows. @default "tencentcloud-live:" */
  prefix?: string | undefined;
  /**
   * How long the record of a handled event is kept, in seconds, at least 1. Below 1,200, copies may be
   * handled again: the last one comes about 16 minutes after the event.
   *
   * @default 3600
   */
  ttlSeconds?: number | undefined;
}

/** The value of a key is `running:<token>` (the lease) or `handled:<token>` (the record). Both expire. */
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
 * Keeps the events of all instances in Redis, so that the instances handle each event once. Each event has
 * one key of about 200 bytes; each call is atomic and takes one round trip.
 *
 * It takes a client of `redis` (version 4 or later) or of `ioredis`, for a single server or a cluster.
 * Configure the client to fail rather than wait while Redis is unavailable (`disableOfflineQueue: true`,
 * `enableOfflineQueue: false`): the response is then an immediate 500 instead of one at `timeoutMs`. Redis
 * must not evict the keys: set `maxmemory-policy` to `noeviction` or to a policy that keeps them. If a
 * failover or a restart loses keys, their events may be handled again, but an event that was not handled
 * never gets status 200.
 *
 * @param client the client; the caller connects and closes it
 * @throws CallbackError `invalid_configuration` for invalid options, or if `client` is not a client
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
      // Also true if the client repeated the command after the connection broke: the key has this token.
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
/** Redis accepts only integers. */
const milliseconds = (ms: number): string => String(Math.ceil(ms));

/** Runs a script on one key, with either kind of client. */
function scriptRunner(client: RedisClient): (script: string, key: string, ...args: string[]) => Promise<unknown> {
  if (typeof client?.eval !== "function")
    throw new CallbackError("invalid_configuration", "redisStore takes a client of redis (from version 4) or ioredis.");
  if ("defineCommand" in client) return (script, key, ...args) => client.eval(script, 1, key, ...args);
  return (script, key, ...args) => client.eval(script, { keys: [key], arguments: args });
}
