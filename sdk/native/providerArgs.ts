import type * as pulumi from "@pulumi/pulumi";

/**
 * The settings of a `Provider`: one account, and one endpoint. Each setting can also be made for the default provider
 * of a stack, with `pulumi config set tencentcloud-live:<name> <value>`.
 *
 * What is not set is read from an environment variable at each run, if there is one, and is no part of the state.
 * Credentials come from the first of these: here a key pair, a web identity token file or a profile; in the
 * environment a key pair, a web identity token, a profile, or what TKE gives to a pod; the profile `default`; the
 * role of the instance. They are never mixed. A refresh or a destroy uses the settings of the last update, so keys
 * that are set here are old ones after a rotation.
 */
export interface ProviderArgs {
  /** The id of a key pair; only with `secretKey`. A secret. Environment: `TENCENTCLOUD_SECRET_ID`. */
  secretId?: pulumi.Input<string | undefined>;
  /** The key of a key pair; only with `secretId`. A secret. Environment: `TENCENTCLOUD_SECRET_KEY`. */
  secretKey?: pulumi.Input<string | undefined>;
  /**
   * The token of a temporary key pair. A secret. Environment: `TENCENTCLOUD_SECURITY_TOKEN`, or
   * `TENCENTCLOUD_SESSION_TOKEN` or `TENCENTCLOUD_TOKEN`.
   */
  securityToken?: pulumi.Input<string | undefined>;
  /**
   * A profile: a section of `~/.tencentcloud/credentials`, else what `tccli` keeps in `~/.tccli`. Environment:
   * `TENCENTCLOUD_PROFILE`.
   *
   * @default the profile `default`, if there are no other credentials
   */
  profile?: pulumi.Input<string | undefined>;
  /**
   * The ARN of a role that is assumed with the credentials found, for example
   * `qcs::cam::uin/100000000001:roleName/deployer`. Environment: `TENCENTCLOUD_ASSUME_ROLE_ARN`.
   *
   * @default none: the credentials are used as they are
   */
  assumeRoleArn?: pulumi.Input<string | undefined>;
  /**
   * The name of the role's session in the audit log: 2 to 128 letters, digits and `_ + = , . @ -`. Environment:
   * `TENCENTCLOUD_ASSUME_ROLE_SESSION_NAME`.
   *
   * @default pulumi-tencentcloud-live
   */
  assumeRoleSessionName?: pulumi.Input<string | undefined>;
  /**
   * How long a session of the role lasts, in whole seconds from 60 to 43200; it is renewed before it ends.
   * Environment: `TENCENTCLOUD_ASSUME_ROLE_SESSION_DURATION`.
   *
   * @default 7200
   */
  assumeRoleSessionDuration?: pulumi.Input<number | undefined>;
  /**
   * The external id that the owner of the role has agreed on with its users: 2 to 128 letters, digits and
   * `_ + = , . @ : / -`. Environment: `TENCENTCLOUD_ASSUME_ROLE_EXTERNAL_ID`.
   *
   * @default none
   */
  assumeRoleExternalId?: pulumi.Input<string | undefined>;
  /**
   * The identity provider in CAM that a web identity token is for. Environment:
   * `TENCENTCLOUD_ASSUME_ROLE_PROVIDER_ID`.
   *
   * @default OIDC
   */
  assumeRoleProviderId?: pulumi.Input<string | undefined>;
  /**
   * A file with a bare web identity token, which opens the role `assumeRoleArn`. Environment:
   * `TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN_FILE`.
   */
  assumeRoleWebIdentityTokenFile?: pulumi.Input<string | undefined>;
  /**
   * The ids of the accounts (the Uin of their owner, 5 to 20 digits) that may be deployed to. The account of the
   * credentials is checked before any other call. No environment variable can set it.
   *
   * @default any account
   */
  allowedAccountIds?: pulumi.Input<pulumi.Input<string>[] | undefined>;
  /**
   * Sent as `X-TC-Region`; the live product needs none. Environment: `TENCENTCLOUD_REGION`.
   *
   * @default none
   */
  region?: pulumi.Input<string | undefined>;
  /**
   * The URL of the API, without a path: `https:`, or `http:` to this machine. Environment:
   * `TENCENTCLOUD_LIVE_ENDPOINT`.
   *
   * @default https://live.tencentcloudapi.com
   */
  endpoint?: pulumi.Input<string | undefined>;
  /**
   * The URL of STS, for roles and accounts, in the form of `endpoint`. Environment: `TENCENTCLOUD_STS_ENDPOINT`.
   *
   * @default https://sts.tencentcloudapi.com
   */
  stsEndpoint?: pulumi.Input<string | undefined>;
  /**
   * Allows plain `http:` to other machines than this one, such as an emulator in another container, but never to
   * the cloud; each run that calls the API then warns once. Environment: `TENCENTCLOUD_LIVE_INSECURE_ENDPOINT`.
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
   * How long one request may take, in seconds from 1 to 300; decimals are allowed.
   *
   * @default 10
   */
  requestTimeoutSeconds?: pulumi.Input<number | undefined>;
  /**
   * How long one operation on one resource may retry, in seconds up to 3600; decimals are allowed.
   *
   * @default 60
   */
  retrySeconds?: pulumi.Input<number | undefined>;
  /**
   * How long the delete of a template waits for its bindings to go, in seconds up to 3600; decimals are allowed.
   *
   * @default 30
   */
  inUseTimeoutSeconds?: pulumi.Input<number | undefined>;
}
