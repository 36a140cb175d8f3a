import * as pulumi from "@pulumi/pulumi";

/**
 * Rejects the option `import`, which Pulumi does not support for dynamic resources: the engine would fail.
 *
 * @param instead how to take over an existing resource
 * @throws RunError if the option is set
 */
export function refuseImport(what: string, opts: pulumi.CustomResourceOptions | undefined, instead: string): void {
  if (opts?.import === undefined) return;
  throw new pulumi.RunError(`${what}: the option import does not work for dynamic resources. ${instead}`);
}
