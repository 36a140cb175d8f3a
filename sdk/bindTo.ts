import type * as pulumi from "@pulumi/pulumi";
import type { BindTarget, DomainBindingArgs } from "./arguments";

type BindingClass<Binding> = new (
  name: string,
  args: DomainBindingArgs,
  opts?: pulumi.CustomResourceOptions,
) => Binding;

/**
 * Makes one binding for each target. It is named after its domain and app alone, and its parent is not the template: so
 * moving a domain from one template's list to another's is a change in place, and naming it in two is an error at preview.
 */
export function bindTo<Binding>(
  DomainBinding: BindingClass<Binding>,
  templateId: pulumi.Input<number | string>,
  targets: readonly BindTarget[],
  opts?: pulumi.CustomResourceOptions,
): Binding[] {
  return targets.map((target) => {
    const { domainName, appName } = typeof target === "string" ? { domainName: target, appName: "" } : target;
    const name = domainName.toLowerCase().replace(/\.$/, "") + (appName ? `/${appName}` : "");
    return new DomainBinding(name, { domainName, appName, templateId }, opts);
  });
}
