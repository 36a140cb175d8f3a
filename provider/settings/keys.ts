/** Environment variables, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Every key of this package in a stack's configuration, without its prefix. */
export type ConfigKey =
  | "secretId"
  | "secretKey"
  | "securityToken"
  | "profile"
  | "assumeRoleArn"
  | "assumeRoleSessionName"
  | "assumeRoleSessionDuration"
  | "assumeRoleExternalId"
  | "assumeRoleProviderId"
  | "assumeRoleWebIdentityTokenFile"
  | "allowedAccountIds"
  | "region"
  | "endpoint"
  | "stsEndpoint"
  | "verifyDomains"
  | "requestTimeoutSeconds"
  | "retrySeconds"
  | "inUseTimeoutSeconds";

/** Reads a key of the stack configuration's namespace `tencentcloud-live`; absent and empty are alike. */
export type GetConfig = (key: ConfigKey) => string | undefined;

/** The prefix of this package's keys in a stack's configuration. */
export const NAMESPACE = "tencentcloud-live";

/** What a reader should know of any mistake in the stack's configuration, and of keys that were rotated. */
export const STALE_CONFIGURATION =
  "A refresh or destroy uses the configuration of the last update; with --run-program it uses today's.";
