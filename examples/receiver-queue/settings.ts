import type { Retries } from "./queue.js";

type Environment = Record<string, string | undefined>;

/** The settings of a receiver. */
export interface ReceiverSettings {
  /** The template's callback key, and during a rotation also the previous one. */
  keys: string[];
  redisUrl: string;
  retries: Retries;
  host: string;
  port: number;
}

/** The settings of a worker. */
export interface WorkerSettings {
  redisUrl: string;
  /** How many jobs the worker processes at a time. */
  concurrency: number;
  /** How long a job stays locked by a worker that has stopped responding. */
  lockMs: number;
}

/** Reads the settings. The error for a missing or invalid variable contains its name, but never a key. */
export function readReceiverSettings(environment: Environment): ReceiverSettings {
  const { CALLBACK_KEY, CALLBACK_KEY_PREVIOUS, HOST = "127.0.0.1" } = environment;
  // A file from a secret store often ends with a line break.
  const keys = [CALLBACK_KEY, CALLBACK_KEY_PREVIOUS].map((key) => key?.trim() ?? "");
  if (keys[0] === "") throw new Error("CALLBACK_KEY is missing: set it to the callback key of the template");
  const attempts = readNumber(environment, "ATTEMPTS", 10, 1);
  const firstDelayMs = readNumber(environment, "RETRY_SECONDS", 5) * 1000;
  return {
    keys: keys.filter((key) => key !== ""),
    redisUrl: readRedisUrl(environment),
    retries: { attempts, firstDelayMs },
    host: HOST,
    port: readNumber(environment, "PORT", 8080, 0, 65_535),
  };
}

/** Reads the settings. The error for a missing or invalid variable contains its name. */
export function readWorkerSettings(environment: Environment): WorkerSettings {
  return {
    redisUrl: readRedisUrl(environment),
    concurrency: readNumber(environment, "CONCURRENCY", 8, 1),
    lockMs: readNumber(environment, "LOCK_SECONDS", 30, 1) * 1000,
  };
}

/** Reads the URL of Redis, which may contain a password. */
export function readRedisUrl({ REDIS_URL }: Environment): string {
  if (!REDIS_URL) throw new Error("REDIS_URL is missing: set it to a URL such as redis://127.0.0.1:6379");
  return REDIS_URL;
}

function readNumber(environment: Environment, name: string, byDefault: number, least = 0, most = 86_400): number {
  const text = environment[name];
  const value = text === undefined ? byDefault : Number(text || Number.NaN);
  if (value >= least && value <= most) return value;
  throw new Error(`${name} must be a number from ${least} to ${most}`);
}
