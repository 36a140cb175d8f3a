import { z } from "zod";
import { isLoopbackHost } from "../api/contract/hosts";
import { ProviderError } from "../api/errors";
import { withoutUrlSecrets } from "../redaction";
import { type ConfigKey, type Environment, type GetConfig, NAMESPACE, STALE_CONFIGURATION } from "./keys";

/** A value, and the setting it was read from: `tencentcloud-live:endpoint`, `TENCENTCLOUD_LIVE_ENDPOINT`. */
export interface SettingValue {
  name: string;
  value: string;
}

/** A setting as the configuration has it, or else the environment; an empty variable counts as absent. */
export function readSetting(
  config: GetConfig,
  key: ConfigKey,
  environment: Environment = {},
  variable = "",
): SettingValue | undefined {
  const configured = config(key);
  if (configured !== undefined) return { name: `${NAMESPACE}:${key}`, value: configured };
  const value = environment[variable];
  return value ? { name: variable, value } : undefined;
}

/** The value as a schema reads it, or an error that names the setting and its limit, and shows what was given. */
export function parseSetting<T>(setting: SettingValue | undefined, limit: string, schema: z.ZodType<T>): T | undefined {
  if (!setting) return undefined;
  const result = schema.safeParse(setting.value);
  if (!result.success) throw invalid(setting.name, limit, setting.value);
  return result.data;
}

/** A number of seconds, with or without decimals. */
export function secondsSchema(least: number, most: number): z.ZodType<number> {
  const text = z.string().regex(/^\d+(\.\d+)?$/);
  return text.transform(Number).pipe(z.number().min(least).max(most));
}

/** An endpoint: encrypted, or on this machine; and nothing but an origin. */
export function endpointOf(setting: SettingValue | undefined, standard: string): URL {
  if (!setting) return new URL(standard);
  const url = bareUrl(setting.value);
  const plain = url?.protocol === "http:" && isLoopbackHost(url.hostname);
  const limit = `an https: URL without a path (http: only to this machine), for example ${standard}`;
  if (!url || !(url.protocol === "https:" || plain))
    throw invalid(setting.name, limit, withoutUrlSecrets(setting.value));
  return url;
}

/** What only a test sets: the origin of a server on this machine that stands in for another. */
export function standInOf(setting: SettingValue | undefined, standard: string): URL {
  const url = setting ? bareUrl(setting.value) : new URL(standard);
  if (url && (!setting || isLoopbackHost(url.hostname))) return url;
  const limit = "the URL, without a path, of a stand-in on this machine, for example http://127.0.0.1:8080";
  throw invalid(setting?.name ?? "", limit, withoutUrlSecrets(setting?.value ?? ""));
}

function bareUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const bare = url?.pathname === "/" && !url.search && !url.hash && !url.username && !url.password;
  return bare ? url : undefined;
}

function invalid(name: string, limit: string, value: string): ProviderError {
  return new ProviderError(`${name} must be ${limit}; given: ${JSON.stringify(value)}`, {
    code: "Provider.InvalidConfiguration",
    remedy: name.startsWith(NAMESPACE)
      ? `Correct it with "pulumi config set ${name} <value>". ${STALE_CONFIGURATION}`
      : "Correct it.",
  });
}
