import { z } from "zod";
import { isCloudHost, LIVE_ENDPOINT, METADATA_ENDPOINT, STS_ENDPOINT } from "../api/contract/hosts";
import { parseJson } from "../api/json";
import type { Host } from "../host";
import { type Environment, SETTINGS, type SettingKey, TOKEN_VARIABLES, WEB_IDENTITY_TOKEN } from "./keys";
import { type RoleSettings, readRole } from "./role";
import {
  endpointOf,
  fromEnvironment,
  isInsecure,
  loopbackOrigin,
  parseSetting,
  readSetting,
  secondsSchema,
} from "./values";

/** The settings of a deployment, without the credentials. */
export interface Settings {
  /**
   * The API's URL. `tencentcloud-live:endpoint` or `TENCENTCLOUD_LIVE_ENDPOINT`.
   *
   * @default https://live.tencentcloudapi.com
   */
  endpoint: URL;
  /**
   * The URL of STS, for roles and accounts. `tencentcloud-live:stsEndpoint` or `TENCENTCLOUD_STS_ENDPOINT`.
   *
   * @default https://sts.tencentcloudapi.com
   */
  stsEndpoint: URL;
  /**
   * Whether the account may be requested from STS. An endpoint that is not Tencent Cloud's requires its own
   * STS endpoint, because no call may go from an emulator to the cloud.
   */
  accountIsKnowable: boolean;
  /**
   * The endpoints above that are called by plain HTTP on another machine, as `insecureEndpoint` allows.
   * `tencentcloud-live:insecureEndpoint` or `TENCENTCLOUD_LIVE_INSECURE_ENDPOINT`.
   *
   * @default none
   */
  insecureEndpoints: readonly URL[];
  /**
   * The URL of the metadata service, which gives an instance the keys of its role.
   * `TENCENTCLOUD_METADATA_ENDPOINT`, for tests.
   *
   * @default http://metadata.tencentyun.com
   */
  metadataEndpoint: URL;
  /**
   * Sent as `X-TC-Region`; the live product needs none. `tencentcloud-live:region` or `TENCENTCLOUD_REGION`.
   */
  region: string | undefined;
  /** The role to assume with the credentials that were found, or with a web identity token. */
  role: RoleSettings;
  /**
   * The accounts that this stack may be deployed to; the account of the credentials is checked before any
   * other call. `tencentcloud-live:allowedAccountIds` only: no variable can change the accounts of a stack.
   * @default any
   */
  allowedAccountIds: readonly string[] | undefined;
  /** Whether a binding first checks that its domain is an enabled push domain. @default true */
  verifyDomains: boolean;
  /** How long one request may take. @default 10 s */
  requestTimeoutMs: number;
  /** How long one operation on one resource may retry. @default 60 s */
  retryMs: number;
  /** How long the delete of a template waits until no rule uses it. @default 30 s */
  inUseTimeoutMs: number;
}

/**
 * Reads the settings; configuration wins over the environment.
 *
 * @throws ProviderError `Provider.InvalidConfiguration`, naming the key, what it accepts and what was given.
 */
export function readSettings(host: Host, environment: Environment): Settings {
  const setting = (key: SettingKey) => readSetting(host, key, environment);
  const seconds = (key: SettingKey, least: number, most: number): number | undefined =>
    parseSetting(setting(key), `a number of seconds from ${least} to ${most}`, secondsSchema(least, most));
  const plainHttp = {
    setting: host.settingName("insecureEndpoint"),
    anywhere: parseSetting(setting("insecureEndpoint"), "true or false (or 1 or 0)", oneOrZero) ?? false,
  };
  const endpoint = endpointOf(setting("endpoint"), LIVE_ENDPOINT, plainHttp);
  const stsEndpoint = endpointOf(setting("stsEndpoint"), STS_ENDPOINT, plainHttp);
  return {
    endpoint,
    stsEndpoint,
    accountIsKnowable: isCloudHost(endpoint.hostname) || setting("stsEndpoint") !== undefined,
    insecureEndpoints: [endpoint, stsEndpoint].filter(isInsecure),
    metadataEndpoint: loopbackOrigin(fromEnvironment("TENCENTCLOUD_METADATA_ENDPOINT", environment), METADATA_ENDPOINT),
    region: setting("region")?.value,
    role: readRole(host, environment),
    allowedAccountIds: parseSetting(setting("allowedAccountIds"), ACCOUNT_IDS, accountIds),
    verifyDomains: parseSetting(setting("verifyDomains"), "true or false", trueOrFalse) ?? true,
    requestTimeoutMs: (seconds("requestTimeoutSeconds", 1, 300) ?? 10) * 1000,
    retryMs: (seconds("retrySeconds", 0, 3600) ?? 60) * 1000,
    inUseTimeoutMs: (seconds("inUseTimeoutSeconds", 0, 3600) ?? 30) * 1000,
  };
}

/** Returns the secrets among the settings, whether they are used or not. */
export function secretSettings(host: Host, environment: Environment): string[] {
  const names = [SETTINGS.secretKey, SETTINGS.assumeRoleExternalId, ...TOKEN_VARIABLES, WEB_IDENTITY_TOKEN];
  const configured = (["secretKey", "securityToken", "assumeRoleExternalId"] as const).map((key) => host.get(key));
  const values = [...configured, ...names.map((name) => environment[name])];
  return values.map((value) => value?.trim() ?? "").filter(Boolean);
}

const trueOrFalse = z.stringbool({ truthy: ["true"], falsy: ["false"] });

/** A boolean as environment variables usually spell it. */
const oneOrZero = z.stringbool({ truthy: ["true", "1"], falsy: ["false", "0"] });

const ACCOUNT_IDS = 'account ids (the Uin of the owner): "100000000001,100000000002" or ["100000000001"]';

/** A comma-separated list, or the JSON that `pulumi config set --path` writes. Ids in JSON may be numbers. */
const accountIds = z
  .string()
  .transform((text) => (text.trim().startsWith("[") ? parseJson(text) : text.split(",").map((id) => id.trim())))
  .pipe(z.array(z.coerce.string().regex(/^\d{5,20}$/)).min(1));
