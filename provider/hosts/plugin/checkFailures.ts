import { CheckFailure } from "@pulumi/pulumi/proto/provider_pb";
import { withoutUrlSecrets } from "../../redaction";
import { HIDDEN_SETTINGS } from "../../settings/keys";
import type { Received } from "./struct";

const HIDDEN: readonly string[] = ["callbackKey", ...HIDDEN_SETTINGS];

/** Converts the failures of a check to messages of the engine. */
export function checkFailures(
  failures: readonly { property: string; reason: string }[],
  received: Received,
): CheckFailure[] {
  return failures.map(({ property, reason }) => {
    const failure = new CheckFailure();
    failure.setProperty(shownName(property, received));
    failure.setReason(reason);
    return failure;
  });
}

/**
 * Returns the name of a property for a check failure; `""` if its value may be secret, because CLIs before
 * 3.227 print the value of a named property in clear. The reason always names the property.
 */
function shownName(property: string, { properties, secrets }: Received): string {
  const value = properties[property];
  const hasUrlSecret =
    typeof value === "string" && /(Url|[eE]ndpoint)$/.test(property) && withoutUrlSecrets(value) !== value;
  const isSecret = HIDDEN.includes(property) || secrets.has(property) || hasUrlSecret;
  return isSecret ? "" : property;
}
