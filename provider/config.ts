import { z } from "zod";
import { isLoopback } from "./api/client";
import { ProviderError } from "./api/errors";
import { withoutUrlSecrets } from "./redact";

/** Environment variables, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads a key of the stack configuration's namespace `tencentcloud-live`; absent and empty are alike. */
export type GetConfig = (key: string) => string | undefined;

/** The prefix of this package's keys in a stack's configuration. */
export const NAMESPACE = "tencentcloud-live";

/** What a reader should know of any mistake in the stack's configuration, and of keys that were rotated. */
export const STALE_CONFIGURATION =
  "A refresh or destroy uses the configuration of the last update; with --run-program it uses today's.";

export const DEFAULT_ENDPOINT = "https://live.tencentcloudapi.com";

/** What a deployment is run with, credentials aside. */
export interface Settings {
  /** The API's URL. `tencentcloud-live:endpoint` or `TENCENTCLOUD_LIVE_ENDPOINT`. @default https://live.tencentcloudapi.com */
  endpoint: URL;
  /** Sent as `X-TC-Region`; the live product needs none. `tencentcloud-live:region` or `TENCENTCLOUD_REGION`. */
  region: string | undefined;
  /** Whether a binding first looks whether its domain is an enabled push domain. @default true */
  verifyDomains: boolean;
  /** How long one request may take. @default 10 s */
  requestTimeoutMs: number;
  /** How long one operation on one resource may go on retrying. @default 60 s */
  retryMs: number;
  /** How long the delete of a template waits for its rules to go. @default 30 s */
  inUseTimeoutMs: number;
}

/**
 * Reads the settings; configuration wins over the environment.
 *
 * @throws ProviderError `Provider.InvalidConfiguration`, naming the key, what it accepts and what was given.
 */
export function readSettings(config: GetConfig, environment: Environment): Settings {
  return {
    endpoint: readEndpoint(config, environment),
    region: config("region") ?? (environment["TENCENTCLOUD_REGION"] || undefined),
    verifyDomains:
      read(config, "verifyDomains", "true or false", z.stringbool({ truthy: ["true"], falsy: ["false"] })) ?? true,
    requestTimeoutMs: readSeconds(config, "requestTimeoutSeconds", 1, 300) ?? 10_000,
    retryMs: readSeconds(config, "retrySeconds", 0, 3600) ?? 60_000,
    inUseTimeoutMs: readSeconds(config, "inUseTimeoutSeconds", 0, 3600) ?? 30_000,
  };
}

function readEndpoint(config: GetConfig, environment: Environment): URL {
  const fromConfig = config("endpoint");
  const name = fromConfig ? `${NAMESPACE}:endpoint` : "TENCENTCLOUD_LIVE_ENDPOINT";
  const given = fromConfig || environment["TENCENTCLOUD_LIVE_ENDPOINT"] || DEFAULT_ENDPOINT;
  const limit =
    "an https: URL without a path (http: only to this machine), for example https://live.tencentcloudapi.com";
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const plain = url?.protocol === "http:" && isLoopback(url);
  const bare = url && url.pathname === "/" && !url.search && !url.hash && !url.username && !url.password;
  if (!url || !bare || !(url.protocol === "https:" || plain)) throw invalid(name, limit, withoutUrlSecrets(given));
  return url;
}

function readSeconds(config: GetConfig, key: string, least: number, most: number): number | undefined {
  const limit = `a number of seconds from ${least} to ${most}`;
  const schema = z
    .string()
    .regex(/^\d+(\.\d+)?$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most));
  const seconds = read(config, key, limit, schema);
  return seconds === undefined ? undefined : seconds * 1000;
}

function read<T>(config: GetConfig, key: string, limit: string, schema: z.ZodType<T>): T | undefined {
  const given = config(key);
  if (given === undefined) return undefined;
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw invalid(`${NAMESPACE}:${key}`, limit, given);
  return parsed.data;
}

function invalid(name: string, limit: string, given: string): ProviderError {
  return new ProviderError(`${name} must be ${limit}; given: ${JSON.stringify(given)}`, {
    code: "Provider.InvalidConfiguration",
    remedy: name.startsWith(NAMESPACE)
      ? `Correct it with "pulumi config set ${name} <value>". ${STALE_CONFIGURATION}`
      : "Correct it.",
  });
}
