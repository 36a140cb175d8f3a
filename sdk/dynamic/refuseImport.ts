import * as pulumi from "@pulumi/pulumi";

/**
 * Rejects the option `import`, which Pulumi's dynamic resources do not support: the engine would fail.
 *
 * @throws RunError which explains with `instead` how to take over an existing resource
 */
export function refuseImport(what: string, opts: pulumi.CustomResourceOptions | undefined, instead: string): void {
  if (opts?.import === undefined) return;
  throw new pulumi.RunError(`${what}: the option import does not work for dynamic resources. ${instead}`);
}
