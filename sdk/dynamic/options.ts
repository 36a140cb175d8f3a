import * as pulumi from "@pulumi/pulumi";

/**
 * The id that `get` reads, as Pulumi wants it: a number and an output of one are taken as text.
 *
 * @throws RunError where there is none
 */
export function readId(what: string, id: pulumi.Input<pulumi.ID | number>, example: string): pulumi.Input<pulumi.ID> {
  const text = (value: unknown): string => {
    if (value !== undefined && value !== null && value !== "") return String(value);
    throw new pulumi.RunError(`${what}: id must be ${example}; given: ${value === "" ? '""' : value}`);
  };
  return pulumi.Output.isInstance(id) || id instanceof Promise ? pulumi.output(id).apply(text) : text(id);
}

/**
 * Refuses the option `import`, which Pulumi's dynamic resources cannot follow: it would end in an error of the engine.
 *
 * @throws RunError that says how an existing resource is taken instead
 */
export function refuseImport(what: string, opts: pulumi.CustomResourceOptions | undefined, instead: string): void {
  if (opts?.import === undefined) return;
  throw new pulumi.RunError(`${what}: the option import does not work for dynamic resources. ${instead}`);
}
