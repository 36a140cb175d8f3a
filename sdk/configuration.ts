import * as pulumi from "@pulumi/pulumi";
import { NAMESPACE, SETTINGS } from "../provider/settings/keys";
import { suggestion } from "../provider/suggestion";

const NAMESPACE_LETTERS = NAMESPACE.replace(/[^a-z]/g, "");

/** The stacks that have been warned: every constructor checks the keys. */
const warned = new Set<string>();

/**
 * Rejects unknown keys of this package in the stack configuration, because a mistyped key would be ignored
 * silently. Warns where the project has a key for allowed accounts of its own, which guards nothing. The
 * program checks them because the host of dynamic providers cannot list the keys. The plugin rejects unknown
 * keys in the namespace of this package itself, and receives no others.
 *
 * @param opts the options of a native resource, which may have an explicit provider
 * @throws RunError with the name of every unknown key, without the values
 */
export function checkConfigurationKeys(host: "dynamic" | "native", opts: pulumi.CustomResourceOptions = {}): void {
  const project = pulumi.getProject();
  const all = Object.keys(pulumi.runtime.allConfig());
  const keys = host === "dynamic" ? all : all.filter((key) => split(key)[0] !== NAMESPACE);
  const reason = unknownKeys(project, keys);
  if (reason) throw new pulumi.RunError(reason);
  // The program may read its own key for an explicit provider, which a resource may also get from its parent.
  const isExplicit = opts.provider !== undefined || opts.parent !== undefined;
  const warning = isExplicit ? undefined : misplacedGuard(project, keys);
  if (!warning || warned.has(pulumi.getStack())) return;
  warned.add(pulumi.getStack());
  void pulumi.log.warn(warning);
}

/** Returns a message about allowed accounts in the namespace of the project; `undefined` if there are none. */
export function misplacedGuard(project: string, keys: readonly string[]): string | undefined {
  if (project === NAMESPACE || !keys.includes(`${project}:allowedAccountIds`)) return undefined;
  const key = `${NAMESPACE}:allowedAccountIds`;
  return (
    `pulumi-tencentcloud-live does not read ${project}:allowedAccountIds. ` +
    `If it should restrict the accounts, run "pulumi config set ${key} <ids>".`
  );
}

/**
 * Returns a message about the unknown keys in the configuration of a project; `undefined` if there are none.
 */
export function unknownKeys(project: string, keys: readonly string[]): string | undefined {
  // The keys of the project itself are in a namespace with its name.
  if (project === NAMESPACE) return undefined;
  const unknown = keys.filter((key) => {
    const [namespace, name] = split(key);
    if (namespace === project || !isMeant(namespace)) return false;
    return namespace !== NAMESPACE || !Object.hasOwn(SETTINGS, name);
  });
  return unknown.length > 0 ? `${unknown.map(describe).join(". ")}.` : undefined;
}

function split(key: string): [namespace: string, name: string] {
  const colon = key.indexOf(":");
  return [key.slice(0, colon), key.slice(colon + 1)];
}

/** Returns whether a namespace is that of this package, or differs only in case and separators. */
function isMeant(namespace: string): boolean {
  return namespace.toLowerCase().replace(/[^a-z]/g, "") === NAMESPACE_LETTERS;
}

function describe(key: string): string {
  const near = suggestion(split(key)[1], Object.keys(SETTINGS));
  const hint = near ? `; did you mean ${NAMESPACE}:${near}?` : ".";
  return `${key} is not a configuration key of pulumi-tencentcloud-live${hint} Remove it with "pulumi config rm ${key}"`;
}
