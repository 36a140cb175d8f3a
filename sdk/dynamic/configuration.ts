import * as pulumi from "@pulumi/pulumi";
import { NAMESPACE, SETTINGS } from "../../provider/settings/keys";
import { suggestion } from "../../provider/suggestion";

/**
 * Rejects unknown keys of this package in the stack configuration, because a mistyped key would be ignored
 * silently. The program checks them because the provider host cannot list the keys.
 *
 * @throws RunError with the name of every unknown key, without the values
 */
export function checkConfigurationKeys(): void {
  const reason = unknownKeys(pulumi.getProject(), Object.keys(pulumi.runtime.allConfig()));
  if (reason) throw new pulumi.RunError(reason);
}

/**
 * Returns a message about the unknown keys in the configuration of a project; `undefined` if there are none.
 */
export function unknownKeys(project: string, keys: readonly string[]): string | undefined {
  // The keys of a project with this name are in this namespace too.
  if (project === NAMESPACE) return undefined;
  const unknown = keys
    .filter((key) => key.startsWith(`${NAMESPACE}:`))
    .map((key) => key.slice(NAMESPACE.length + 1))
    .filter((key) => !Object.hasOwn(SETTINGS, key));
  return unknown.length > 0 ? `${unknown.map(describe).join(". ")}.` : undefined;
}

function describe(key: string): string {
  const near = suggestion(key, Object.keys(SETTINGS));
  const hint = near ? `; did you mean ${NAMESPACE}:${near}?` : ".";
  return (
    `${NAMESPACE}:${key} is not a configuration key of pulumi-tencentcloud-live${hint} ` +
    `Remove it with "pulumi config rm ${NAMESPACE}:${key}"`
  );
}
