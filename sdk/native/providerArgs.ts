import type * as pulumi from "@pulumi/pulumi";

/**
 * The settings of a `Provider`, for one account and one endpoint. To make the same setting for the default
 * provider of a stack, run `pulumi config set tencentcloud-live:<name> <value>`.
 *
 * A setting that is absent is read from its environment variable, if it has one, at each run, and is not part
 * of the state. The first configured source of credentials is used: in the settings, a key pair, a web
 * identity token file or a profile; in the environment, a key pair, a web identity token, a profile, or the
 * web identity that TKE gives to a pod; the profile `default`; the role of the instance. Sources are never
 * mixed. A refresh or a destroy uses the settings of the last update. After a rotation, it would therefore
 * use old keys from the settings.
 */
export interface ProviderArgs {
  /** The id of a key pair. Requires `secretKey`. A secret. Environment: `TENCENTCLOUD_SECRET_ID`. */
  secretId?: pulumi.Input<string | undefined>;
  /** The key of a key pair. Requires `secretId`. A secret. Environment: `TENCENTCLOUD_SECRET_KEY`. */
  secretKey?: pulumi.Input<string | undefined>;
  /**
   * The token of a temporary key pair. A secret. Environment: `TENCENTCLOUD_SECURITY_TOKEN`, or
   * `TENCENTCLOUD_SESSION_TOKEN` or `TENCENTCLOUD_TOKEN`.
   */
  securityToken?: pulumi.Input<string | undefined>;
  /**
   * A profile: a section of `~/.tencentcloud/credentials`, or else a profile of `tccli` in `~/.tccli`.
   * Environment: `TENCENTCLOUD_PROFILE`.
   *
   * @default the profile `default`, if no other source has credentials
   */
  profile?: pulumi.Input<string | undefined>;
  /**
   * The ARN of a role to assume with the credentials, for example
   * `qcs::cam::uin/100000000001:roleName/deployer`. Environment: `TENCENTCLOUD_ASSUME_ROLE_ARN`.
   *
   * @default none: the credentials are used directly
   */
  assumeRoleArn?: pulumi.Input<string | undefined>;
  /**
   * The name of the role session in the audit log: 2 to 128 letters, digits and `_ + = , . @ -`. Environment:
   * `TENCENTCLOUD_ASSUME_ROLE_SESSION_NAME`.
   *
   * @default pulumi-tencentcloud-live
   */
  assumeRoleSessionName?: pulumi.Input<string | undefined>;
  /**
   * The duration of a role session, in whole seconds from 60 to 43200. A session is renewed before it ends.
   * Environment: `TENCENTCLOUD_ASSUME_ROLE_SESSION_DURATION`.
   *
   * @default 7200
   */
  assumeRoleSessionDuration?: pulumi.Input<number | undefined>;
  /**
   * The external id that the role requires: 2 to 128 letters, digits and `_ + = , . @ : / -`. Environment:
   * `TENCENTCLOUD_ASSUME_ROLE_EXTERNAL_ID`.
   *
   * @default none
   */
  assumeRoleExternalId?: pulumi.Input<string | undefined>;
  /**
   * The identity provider in CAM for web identity tokens. Environment:
   * `TENCENTCLOUD_ASSUME_ROLE_PROVIDER_ID`.
   *
   * @default OIDC
   */
  assumeRoleProviderId?: pulumi.Input<string | undefined>;
  /**
   * A file that contains only a web identity token, which is used to assume the role `assumeRoleArn`.
   * Environment: `TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN_FILE`.
   */
  assumeRoleWebIdentityTokenFile?: pulumi.Input<string | undefined>;
  /**
   * The ids of the accounts that may be deployed to: the Uin of the account owner, 5 to 20 digits. The
   * account of the credentials is checked before any other call. There is no environment variable for it.
   *
   * @default any account
   */
  allowedAccountIds?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /**
   * The region that is sent as `X-TC-Region`. The live product does not need it. Environment:
   * `TENCENTCLOUD_REGION`.
   *
   * @default none
   */
  region?: pulumi.Input<string | undefined>;
  /**
   * The URL of the API without a path: `https:`, or `http:` to this machine. Environment:
   * `TENCENTCLOUD_LIVE_ENDPOINT`.
   *
   * @default https://live.tencentcloudapi.com
   */
  endpoint?: pulumi.Input<string | undefined>;
  /**
   * The URL of STS, which serves roles and account ids, in the form of `endpoint`. Environment:
   * `TENCENTCLOUD_STS_ENDPOINT`.
   *
   * @default https://sts.tencentcloudapi.com
   */
  stsEndpoint?: pulumi.Input<string | undefined>;
  /**
   * Allows plain `http:` to other machines, such as an emulator in another container, but never to the cloud.
   * Each run that calls the API then warns once. Environment: `TENCENTCLOUD_LIVE_INSECURE_ENDPOINT`.
   *
   * @default false
   */
  insecureEndpoint?: pulumi.Input<boolean | undefined>;
  /**
   * Whether a binding first checks that its domain is an enabled push domain of the account.
   *
   * @default true
   */
  verifyDomains?: pulumi.Input<boolean | undefined>;
  /**
   * How long one request may take, in seconds from 1 to 300. Decimals are allowed.
   *
   * @default 10
   */
  requestTimeoutSeconds?: pulumi.Input<number | undefined>;
  /**
   * How long one operation on one resource may retry, in seconds up to 3600. Decimals are allowed.
   *
   * @default 60
   */
  retrySeconds?: pulumi.Input<number | undefined>;
  /**
   * How long the delete of a template waits until no rule uses it, in seconds up to 3600. Decimals are
   * allowed.
   *
   * @default 30
   */
  inUseTimeoutSeconds?: pulumi.Input<number | undefined>;
}
