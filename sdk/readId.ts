import * as pulumi from "@pulumi/pulumi";

/**
 * Converts the id passed to `get` to text. Also accepts a number, or an output of a number.
 *
 * @throws RunError if the id is absent or empty
 */
export function readId(what: string, id: pulumi.Input<pulumi.ID | number>, example: string): pulumi.Input<pulumi.ID> {
  const text = (value: unknown): string => {
    if (value !== undefined && value !== null && value !== "") return String(value);
    throw new pulumi.RunError(`${what}: id must be ${example}; given: ${value === "" ? '""' : value}`);
  };
  return pulumi.Output.isInstance(id) || id instanceof Promise ? pulumi.output(id).apply(text) : text(id);
}
