import type { Credentials } from "../api/credentials";
import { ProviderError } from "../api/errors";
import type { Host } from "../host";
import { type Environment, SETTINGS, TOKEN_VARIABLES } from "../settings/keys";
import { own, type Phrase, type Words, words } from "../words";

/** Removes white space around a value: a line end from a secret store would make every signature wrong. */
export const trimmed = (value: string | undefined): string | undefined => value?.trim() || undefined;

/** Returns the key pair of the configuration, with its token. */
export function configuredKeys(host: Host): Credentials | undefined {
  const { configuration = "" } = host;
  const staleness = own(host.staleness);
  const keys = wholePair(
    { secretId: own(host.settingName("secretId")), secretKey: own(host.settingName("secretKey")) },
    trimmed(host.get("secretId")),
    trimmed(host.get("secretKey")),
    words`Set both or none. ${staleness}`,
  );
  const securityToken = trimmed(host.get("securityToken"));
  return keys && { ...keys, securityToken, source: own(configuration), remedy: staleness };
}

/**
 * Returns the key pair of the environment, with the token of the first of its three variables that is set.
 */
export function environmentKeys(environment: Environment): Credentials | undefined {
  const keys = wholePair(
    { secretId: own(SETTINGS.secretId), secretKey: own(SETTINGS.secretKey) },
    trimmed(environment[SETTINGS.secretId]),
    trimmed(environment[SETTINGS.secretKey]),
    words`Set both or none.`,
  );
  const securityToken = TOKEN_VARIABLES.map((name) => trimmed(environment[name])).find(Boolean);
  return keys && { ...keys, securityToken, source: words`the environment` };
}

/** Returns a key pair of one source, `undefined` if it has neither half. One half alone is an error. */
export function wholePair(
  names: { secretId: Words; secretKey: Words },
  secretId: string | undefined,
  secretKey: string | undefined,
  remedy: Phrase,
): { secretId: string; secretKey: string } | undefined {
  if (secretId && secretKey) return { secretId, secretKey };
  if (!secretId && !secretKey) return undefined;
  const [present, missing] = secretId ? [names.secretId, names.secretKey] : [names.secretKey, names.secretId];
  throw new ProviderError(words`${present} is set, but ${missing} is not`, {
    code: "Provider.InvalidConfiguration",
    remedy,
  });
}
