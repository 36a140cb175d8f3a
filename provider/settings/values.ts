import { z } from "zod";
import { isLoopbackHost } from "../api/contract/hosts";
import { ProviderError } from "../api/errors";
import type { Host } from "../host";
import { withoutUrlSecrets } from "../redaction";
import { type Environment, SETTINGS, type SettingKey } from "./keys";

/** A value, and where it was read from. */
export interface SettingValue {
  /** The name of the setting: `tencentcloud-live:endpoint`, `TENCENTCLOUD_LIVE_ENDPOINT`. */
  name: string;
  value: string;
  /** How a wrong value is corrected there. */
  correction: string;
}

/** A setting as the host's configuration has it. */
export function configured(host: Host, key: SettingKey): SettingValue | undefined {
  const value = host.get(key);
  const name = host.settingName(key);
  return value === undefined ? undefined : { name, value, correction: host.correction(name) };
}

/** A setting as the host's configuration has it, or else the environment; an empty variable counts as absent. */
export function readSetting(host: Host, key: SettingKey, environment: Environment): SettingValue | undefined {
  return configured(host, key) ?? fromEnvironment(SETTINGS[key], environment);
}

/** A setting as an environment variable has it. */
export function fromEnvironment(name: string | undefined, environment: Environment): SettingValue | undefined {
  const value = name && environment[name];
  return name && value ? { name, value, correction: "Correct it." } : undefined;
}

/** The value as a schema reads it, or an error that names the setting and its limit, and shows what was given. */
export function parseSetting<T>(setting: SettingValue | undefined, limit: string, schema: z.ZodType<T>): T | undefined {
  if (!setting) return undefined;
  const result = schema.safeParse(setting.value);
  if (!result.success) throw invalid(setting, limit, setting.value);
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
  if (!url || !(url.protocol === "https:" || plain)) throw invalid(setting, limit, withoutUrlSecrets(setting.value));
  return url;
}

/** What only a test sets: the origin of a server on this machine that stands in for another. */
export function loopbackOrigin(setting: SettingValue | undefined, standard: string): URL {
  if (!setting) return new URL(standard);
  const url = bareUrl(setting.value);
  if (url && isLoopbackHost(url.hostname)) return url;
  const limit = "the URL, without a path, of a stand-in on this machine, for example http://127.0.0.1:8080";
  throw invalid(setting, limit, withoutUrlSecrets(setting.value));
}

function bareUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const bare = url?.pathname === "/" && !url.search && !url.hash && !url.username && !url.password;
  return bare ? url : undefined;
}

function invalid({ name, correction }: SettingValue, limit: string, shown: string): ProviderError {
  return new ProviderError(`${name} must be ${limit}; given: ${JSON.stringify(shown)}`, {
    code: "Provider.InvalidConfiguration",
    remedy: correction,
  });
}
