import type { Values } from "../support/cloud";
import { urnOf } from "./program";
import type { StackResource } from "./stack";
import { resourceOf } from "./urns";

/** A resource as `pulumi stack export --show-secrets` shows it. */
interface Exported {
  urn: string;
  id: string;
  inputs: Values;
  outputs?: Values;
  dependencies?: string[];
  delete?: boolean;
  pendingReplacement?: boolean;
  initErrors?: string[];
}

/** The resources of this package in an exported stack. */
export function resourcesIn(exported: string): StackResource[] {
  const { deployment } = JSON.parse(exported) as { deployment: { resources?: Exported[] } | null };
  return (deployment?.resources ?? []).flatMap((resource) => {
    const known = resourceOf(resource.urn);
    return known ? [{ ...known, ...recorded(resource) }] : [];
  });
}

function recorded(resource: Exported): Omit<StackResource, "kind" | "name"> {
  const { id, inputs, outputs = {}, dependencies = [], initErrors } = resource;
  return {
    id,
    inputs: inClear(inputs),
    outs: inClear(outputs),
    dependsOn: dependencies.flatMap((urn) => resourceOf(urn) ?? []).map(urnOf),
    ...(resource.delete && { pendingDelete: true }),
    ...(resource.pendingReplacement && { pendingReplacement: true }),
    ...(initErrors && { initErrors }),
  };
}

const inClear = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, secretIn(value) ?? value]));

/** Returns the content of a secret, which is JSON in an object that marks the secret. */
function secretIn(value: unknown): unknown {
  const { plaintext } = (value ?? {}) as { plaintext?: string };
  return plaintext === undefined ? undefined : JSON.parse(plaintext);
}
