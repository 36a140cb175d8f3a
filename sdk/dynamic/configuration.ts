import * as pulumi from "@pulumi/pulumi";
import { NAMESPACE, SETTINGS } from "../../provider/settings/keys";
import { suggestion } from "../../provider/suggestion";

/**
 * Rejects keys of the stack's configuration that this package does not know: a mistyped key would be ignored
 * silently. The program checks them, because the provider's host does not list the keys.
 *
 * @throws RunError which names every such key, and none of their values
 */
export function checkConfigurationKeys(): void {
  const reason = unknownKeys(pulumi.getProject(), Object.keys(pulumi.runtime.allConfig()));
  if (reason) throw new pulumi.RunError(reason);
}

/** Returns what is wrong with the keys of a project's configuration; `undefined` if nothing is. */
export function unknownKeys(project: string, keys: readonly string[]): string | undefined {
  // A project of this name has its own keys in this namespace.
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
  return `${NAMESPACE}:${key} is not a configuration key of pulumi-tencentcloud-live${hint} Remove it with "pulumi config rm ${NAMESPACE}:${key}"`;
}
