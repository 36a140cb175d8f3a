import { z } from "zod";
import type { Host } from "../host";
import { own, type Words } from "../words";
import type { Environment, SettingKey } from "./keys";
import { parseSetting, readSetting, secondsSchema } from "./values";

/**
 * A role to assume, and how. The variables are those of the Terraform provider for Tencent Cloud.
 *
 * @see https://registry.terraform.io/providers/tencentcloudstack/tencentcloud/latest/docs
 */
export interface RoleSettings {
  /**
   * For example `qcs::cam::uin/100000000001:roleName/deployer`. `tencentcloud-live:assumeRoleArn` or
   * `TENCENTCLOUD_ASSUME_ROLE_ARN`. @default none: the credentials that are found are used as they are
   */
  arn: string | undefined;
  /**
   * The name of the session in the audit log. `…:assumeRoleSessionName`, `…_SESSION_NAME`.
   *
   * @default pulumi-tencentcloud-live
   */
  sessionName: string;
  /**
   * How long a session lasts, in seconds; it is renewed before it ends. `…:assumeRoleSessionDuration`,
   * `…_SESSION_DURATION`.
   *
   * @default the API's, 7200
   */
  durationSeconds: number | undefined;
  /**
   * The external id that the owner of the role has agreed on with its users. `…:assumeRoleExternalId`,
   * `…_EXTERNAL_ID`.
   */
  externalId: string | undefined;
  /**
   * The identity provider in CAM that a web identity token is for. `…:assumeRoleProviderId`, `…_PROVIDER_ID`.
   *
   * @default OIDC
   */
  providerId: string;
  /** Advice for a role that cannot be assumed; set only if the host's configuration contains the role. */
  remedy: Words | undefined;
}

const ARN = "the ARN of a role, for example qcs::cam::uin/100000000001:roleName/deployer";
const SESSION_NAME = "2 to 128 letters, digits and _ + = , . @ -";
const EXTERNAL_ID = "2 to 128 letters, digits and _ + = , . @ : / -";

/** Reads the settings of the role to assume. @throws ProviderError `Provider.InvalidConfiguration` */
export function readRole(host: Host, environment: Environment): RoleSettings {
  const setting = (key: SettingKey) => readSetting(host, key, environment);
  return {
    arn: parseSetting(setting("assumeRoleArn"), ARN, z.string().regex(/^qcs::cam::uin\/\d+:role(Name)?\/\S+$/)),
    sessionName:
      parseSetting(setting("assumeRoleSessionName"), SESSION_NAME, z.string().regex(/^[\w+=,.@-]{2,128}$/)) ??
      "pulumi-tencentcloud-live",
    durationSeconds: parseSetting(
      setting("assumeRoleSessionDuration"),
      "a whole number of seconds from 60 to 43200",
      secondsSchema(60, 43_200).pipe(z.int()),
    ),
    externalId: parseSetting(setting("assumeRoleExternalId"), EXTERNAL_ID, z.string().regex(/^[\w+=,.@:/-]{2,128}$/)),
    providerId: setting("assumeRoleProviderId")?.value ?? "OIDC",
    remedy: host.get("assumeRoleArn") === undefined ? undefined : own(host.staleness),
  };
}
