import { withoutUrlSecrets } from "../../redaction";
import type { Received } from "./struct";

/** Settings that are credentials. */
export const SECRET_SETTINGS: ReadonlySet<string> = new Set(["secretId", "secretKey", "securityToken"]);

/**
 * Returns the property that a check failure may name; `""` for one whose value must not be seen: CLIs before 3.227
 * print the value of a named property in clear. The reason names the property in any case.
 */
export function shownName(property: string, { properties, secrets }: Received): string {
  const value = properties[property];
  const hasUrlSecret =
    typeof value === "string" && /(Url|[eE]ndpoint)$/.test(property) && withoutUrlSecrets(value) !== value;
  const isSecret = property === "callbackKey" || SECRET_SETTINGS.has(property) || secrets.has(property) || hasUrlSecret;
  return isSecret ? "" : property;
}
