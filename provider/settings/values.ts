import { z } from "zod";
import { isCloudHost, isLoopbackHost } from "../api/contract/hosts";
import { ProviderError } from "../api/errors";
import type { Host } from "../host";
import { withoutUrlSecrets } from "../redaction";
import { own, quoted, words } from "../words";
import { type Environment, SETTINGS, type SettingKey } from "./keys";

/** The value of a setting, and where it was read from. */
export interface SettingValue {
  /** The name of the setting: `tencentcloud-live:endpoint`, `TENCENTCLOUD_LIVE_ENDPOINT`. */
  name: string;
  value: string;
  /** How to correct a wrong value there, as whole sentences. */
  correction: string;
}

/** Reads a setting from the host's configuration. */
export function configured(host: Host, key: SettingKey): SettingValue | undefined {
  const value = host.get(key);
  const name = host.settingName(key);
  return value === undefined ? undefined : { name, value, correction: host.correction(name) };
}

/**
 * Reads a setting from the host's configuration, or else from the environment. An empty variable counts as
 * absent.
 */
export function readSetting(host: Host, key: SettingKey, environment: Environment): SettingValue | undefined {
  return configured(host, key) ?? fromEnvironment(SETTINGS[key], environment);
}

/** Reads a setting from an environment variable. An empty one counts as absent. */
export function fromEnvironment(name: string | undefined, environment: Environment): SettingValue | undefined {
  const value = name && environment[name];
  return name && value ? { name, value, correction: "Correct it." } : undefined;
}

/**
 * Parses the value of a setting; `undefined` where it is absent.
 *
 * @throws ProviderError `Provider.InvalidConfiguration`, with the name, the limit and the value.
 */
export function parseSetting<T>(setting: SettingValue | undefined, limit: string, schema: z.ZodType<T>): T | undefined {
  if (!setting) return undefined;
  const result = schema.safeParse(setting.value);
  if (!result.success) throw invalid(setting, limit, setting.value);
  return result.data;
}

/** Returns the schema of a number of seconds, with or without decimals, from `least` to `most`. */
export function secondsSchema(least: number, most: number): z.ZodType<number> {
  const text = z.string().regex(/^\d+(\.\d+)?$/);
  return text.transform(Number).pipe(z.number().min(least).max(most));
}

/** Where plain HTTP is allowed. `setting` is the name of the setting that allows it beyond this machine. */
export interface PlainHttp {
  setting: string;
  anywhere: boolean;
}

/**
 * Parses an endpoint: an origin with `https:`, or with `http:` on this machine. Elsewhere, `http:` has to be
 * allowed, and is never allowed for the cloud.
 *
 * @throws ProviderError `Provider.InvalidConfiguration`
 */
export function endpointOf(setting: SettingValue | undefined, standard: string, plainHttp: PlainHttp): URL {
  if (!setting) return new URL(standard);
  const url = bareUrl(setting.value);
  if (url?.protocol === "https:") return url;
  const allowed = url?.protocol === "http:" && (!isInsecure(url) || (plainHttp.anywhere && !isCloudHost(url.hostname)));
  if (url && allowed) return url;
  const elsewhere = `with ${plainHttp.setting} also elsewhere, but never to the cloud`;
  const limit = `an https: URL without a path (http: only to this machine; ${elsewhere}), for example ${standard}`;
  throw invalid(setting, limit, withoutUrlSecrets(setting.value));
}

/** Returns whether requests to an endpoint leave this machine unencrypted. */
export const isInsecure = ({ protocol, hostname }: URL): boolean => protocol === "http:" && !isLoopbackHost(hostname);

/**
 * Parses the origin of a stand-in on this machine, which only tests set.
 *
 * @throws ProviderError `Provider.InvalidConfiguration`
 */
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
  return new ProviderError(words`${own(name)} must be ${own(limit)}; given: ${quoted(shown)}`, {
    code: "Provider.InvalidConfiguration",
    remedy: own(correction),
  });
}
