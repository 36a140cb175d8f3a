import type { Credentials } from "../api/credentials";
import { ProviderError } from "../api/errors";
import { type Environment, type GetConfig, NAMESPACE, STALE_CONFIGURATION } from "../settings/keys";

const TOKEN_VARIABLES = ["TENCENTCLOUD_SECURITY_TOKEN", "TENCENTCLOUD_SESSION_TOKEN", "TENCENTCLOUD_TOKEN"];

/** A secret store often adds a line end, which would make every signature wrong. */
export const trimmed = (value: string | undefined): string | undefined => value?.trim() || undefined;

/** The key pair of the stack's configuration, with its token. */
export function configuredKeys(config: GetConfig): Credentials | undefined {
  const keys = wholePair(
    { secretId: `${NAMESPACE}:secretId`, secretKey: `${NAMESPACE}:secretKey` },
    trimmed(config("secretId")),
    trimmed(config("secretKey")),
    `Set both or none. ${STALE_CONFIGURATION}`,
  );
  const securityToken = trimmed(config("securityToken"));
  return keys && { ...keys, securityToken, source: "the stack configuration", remedy: STALE_CONFIGURATION };
}

/** The key pair of the environment, with the first of the three variables that programs know for its token. */
export function environmentKeys(environment: Environment): Credentials | undefined {
  const keys = wholePair(
    { secretId: "TENCENTCLOUD_SECRET_ID", secretKey: "TENCENTCLOUD_SECRET_KEY" },
    trimmed(environment["TENCENTCLOUD_SECRET_ID"]),
    trimmed(environment["TENCENTCLOUD_SECRET_KEY"]),
    "Set both or none.",
  );
  const securityToken = TOKEN_VARIABLES.map((name) => trimmed(environment[name])).find(Boolean);
  return keys && { ...keys, securityToken, source: "the environment" };
}

/** A key pair is taken whole from one place, never half from each: one half alone is an error. */
export function wholePair(
  names: { secretId: string; secretKey: string },
  secretId: string | undefined,
  secretKey: string | undefined,
  remedy: string,
): { secretId: string; secretKey: string } | undefined {
  if (secretId && secretKey) return { secretId, secretKey };
  if (!secretId && !secretKey) return undefined;
  const [present, missing] = secretId ? [names.secretId, names.secretKey] : [names.secretKey, names.secretId];
  throw new ProviderError(`${present} is set, but ${missing} is not`, {
    code: "Provider.InvalidConfiguration",
    remedy,
  });
}
