import type { StsSession } from "../api/contract/sts";
import type { Credentials } from "../api/credentials";
import { isForbidden } from "../api/errors";
import type { RoleSettings } from "../settings/role";
import { words } from "../words";
import { type CredentialContext, failedStep, securityTokenService } from "./context";

/** Assumes a role with other credentials, and returns its temporary ones. */
export async function assumeRole(
  base: Credentials,
  role: RoleSettings & { arn: string },
  context: CredentialContext,
): Promise<Credentials> {
  const { client, budget } = securityTokenService(context, base);
  const { arn: RoleArn, sessionName: RoleSessionName, durationSeconds: DurationSeconds, externalId: ExternalId } = role;
  try {
    const session = await client.call("AssumeRole", { RoleArn, RoleSessionName, DurationSeconds, ExternalId }, budget);
    const source = words`the role ${RoleArn}, assumed with credentials from ${base.source}`;
    return { ...credentialsOf(session), role: RoleArn, source, remedy: base.remedy ?? role.remedy };
  } catch (error) {
    const trust = isForbidden(error) ? words`The role must also trust the credentials from ${base.source}.` : undefined;
    throw failedStep(words`cannot assume the role ${RoleArn}`, error, [trust, role.remedy]);
  }
}

/** Returns the keys of an STS session, and their expiry time. */
export function credentialsOf({ Credentials: keys, ExpiredTime }: StsSession): Omit<Credentials, "source"> {
  const { TmpSecretId: secretId, TmpSecretKey: secretKey, Token: securityToken } = keys;
  return { secretId, secretKey, securityToken, expiresAt: ExpiredTime * 1000 };
}
