/** Environment variables, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The namespace of this package's keys in a stack's configuration. */
export const NAMESPACE = "tencentcloud-live";

/** Every setting by its key in a configuration, with the environment variable that can set it instead. */
export const SETTINGS = {
  secretId: "TENCENTCLOUD_SECRET_ID",
  secretKey: "TENCENTCLOUD_SECRET_KEY",
  securityToken: "TENCENTCLOUD_SECURITY_TOKEN",
  profile: "TENCENTCLOUD_PROFILE",
  assumeRoleArn: "TENCENTCLOUD_ASSUME_ROLE_ARN",
  assumeRoleSessionName: "TENCENTCLOUD_ASSUME_ROLE_SESSION_NAME",
  assumeRoleSessionDuration: "TENCENTCLOUD_ASSUME_ROLE_SESSION_DURATION",
  assumeRoleExternalId: "TENCENTCLOUD_ASSUME_ROLE_EXTERNAL_ID",
  assumeRoleProviderId: "TENCENTCLOUD_ASSUME_ROLE_PROVIDER_ID",
  assumeRoleWebIdentityTokenFile: "TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN_FILE",
  // No variable can change the accounts of a stack.
  allowedAccountIds: undefined,
  region: "TENCENTCLOUD_REGION",
  endpoint: "TENCENTCLOUD_LIVE_ENDPOINT",
  stsEndpoint: "TENCENTCLOUD_STS_ENDPOINT",
  insecureEndpoint: "TENCENTCLOUD_LIVE_INSECURE_ENDPOINT",
  verifyDomains: undefined,
  requestTimeoutSeconds: undefined,
  retrySeconds: undefined,
  inUseTimeoutSeconds: undefined,
} as const satisfies Record<string, string | undefined>;

/** The settings whose values a host keeps as secrets. */
export const CREDENTIAL_SETTINGS = ["secretId", "secretKey", "securityToken"] as const satisfies SettingKey[];

/** The settings whose values no message shows. An external id is agreed on in confidence. */
export const HIDDEN_SETTINGS = [...CREDENTIAL_SETTINGS, "assumeRoleExternalId"] as const satisfies SettingKey[];

/** The variables that may hold the token of a key pair. The first one that is set is used. */
export const TOKEN_VARIABLES = [SETTINGS.securityToken, "TENCENTCLOUD_SESSION_TOKEN", "TENCENTCLOUD_TOKEN"] as const;

/** The variable that may hold a token of a web identity. */
export const WEB_IDENTITY_TOKEN = "TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN";

/** The key of a setting, without the namespace. */
export type SettingKey = keyof typeof SETTINGS;
