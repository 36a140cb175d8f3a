import type { Credentials } from "./api/credentials";
import { ProviderError } from "./api/errors";
import { type Environment, type GetConfig, NAMESPACE, STALE_CONFIGURATION } from "./config";

const TOKEN_VARIABLES = ["TENCENTCLOUD_SECURITY_TOKEN", "TENCENTCLOUD_SESSION_TOKEN", "TENCENTCLOUD_TOKEN"];

/** A secret store often adds a line end, which would make every signature wrong. */
const trimmed = (value: string | undefined): string | undefined => value?.trim() || undefined;

/**
 * The credentials of the deployment: the stack configuration first, then the environment. A key pair is taken whole
 * from one place, never half from each.
 *
 * @throws ProviderError `Provider.CredentialsNotFound`, which lists every place looked at, or
 * `Provider.InvalidConfiguration` for half a key pair.
 */
export function findCredentials(config: GetConfig, environment: Environment): Credentials {
  const fromConfig = keyPair(
    { secretId: "tencentcloud-live:secretId", secretKey: "tencentcloud-live:secretKey" },
    trimmed(config("secretId")),
    trimmed(config("secretKey")),
  );
  if (fromConfig) {
    const securityToken = trimmed(config("securityToken"));
    return { ...fromConfig, securityToken, source: "the stack configuration", remedy: STALE_CONFIGURATION };
  }
  const fromEnvironment = keyPair(
    { secretId: "TENCENTCLOUD_SECRET_ID", secretKey: "TENCENTCLOUD_SECRET_KEY" },
    trimmed(environment["TENCENTCLOUD_SECRET_ID"]),
    trimmed(environment["TENCENTCLOUD_SECRET_KEY"]),
  );
  if (fromEnvironment) {
    const securityToken = TOKEN_VARIABLES.map((name) => trimmed(environment[name])).find(Boolean);
    return { ...fromEnvironment, securityToken, source: "the environment" };
  }
  throw new ProviderError(
    "no credentials were found in the stack configuration (tencentcloud-live:secretId and tencentcloud-live:secretKey) " +
      "or the environment (TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY)",
    { code: "Provider.CredentialsNotFound", remedy: "Set one of the two pairs." },
  );
}

function keyPair(
  names: { secretId: string; secretKey: string },
  secretId: string | undefined,
  secretKey: string | undefined,
): { secretId: string; secretKey: string } | undefined {
  if (secretId && secretKey) return { secretId, secretKey };
  if (!secretId && !secretKey) return undefined;
  const [present, missing] = secretId ? [names.secretId, names.secretKey] : [names.secretKey, names.secretId];
  throw new ProviderError(`${present} is set, but ${missing} is not`, {
    code: "Provider.InvalidConfiguration",
    remedy: `Set both or none. ${present.startsWith(NAMESPACE) ? STALE_CONFIGURATION : ""}`.trim(),
  });
}
