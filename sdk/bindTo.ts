import * as pulumi from "@pulumi/pulumi";
import type { BindTarget, DomainBindingArgs } from "./arguments";

type BindingClass<Binding> = new (
  name: string,
  args: DomainBindingArgs,
  opts?: pulumi.CustomResourceOptions,
) => Binding;

/** The default options of the bindings of a template. */
export type BindingDefaults = Pick<pulumi.CustomResourceOptions, "protect" | "retainOnDelete" | "provider">;

/** Returns the options of a template that its bindings share. The bindings are not its children. */
export function bindingDefaults(
  template: pulumi.CustomResource,
  opts: pulumi.CustomResourceOptions | undefined,
): BindingDefaults {
  // The values that Pulumi resolved, because a resource inherits these two from its parent.
  const { __protect, __prov } = template as { __protect?: boolean; __prov?: pulumi.ProviderResource };
  return { protect: __protect, provider: __prov, retainOnDelete: opts?.retainOnDelete };
}

/**
 * Creates one binding for each target. A binding is named only after its domain and app, and the template is
 * not its parent. Moving a domain from the list of one template to that of another is therefore a change in
 * place, and listing it in both is an error at preview.
 *
 * @throws RunError if `targets` is not a list of push domains
 */
export function bindTo<Binding>(
  DomainBinding: BindingClass<Binding>,
  templateId: pulumi.Input<number | string>,
  targets: readonly BindTarget[],
  opts: pulumi.CustomResourceOptions,
  defaults: BindingDefaults,
): Binding[] {
  if (!Array.isArray(targets)) throw wrong(`domains must be a list of push domains; given: ${describe(targets)}`);
  const { protect = defaults.protect, provider = defaults.provider, retainOnDelete = defaults.retainOnDelete } = opts;
  const options = { ...opts, protect, provider, retainOnDelete };
  return targets.map((target: BindTarget, index) => {
    const { domainName, appName, adopt } = targetOf(target, `domains[${index}]`);
    const name = domainName.toLowerCase().replace(/\.$/, "") + (appName ? `/${appName}` : "");
    return new DomainBinding(name, { domainName, appName, adopt, templateId }, options);
  });
}

/** Converts a target to an object. Domain and app form the name of the binding and must be plain text. */
function targetOf(target: unknown, what: string): Exclude<BindTarget, string> {
  const isObject = typeof target === "object" && target !== null && !pulumi.Output.isInstance(target);
  const { domainName, appName: app, adopt } = (isObject ? target : { domainName: target }) as Record<string, unknown>;
  const appName = app ?? "";
  const place = isObject ? `${what}.domainName` : what;
  if (typeof domainName !== "string" || domainName === "") {
    throw wrong(`${place} must be a push domain, for example "push.example.com"; given: ${describe(domainName)}`);
  }
  if (typeof appName !== "string") throw wrong(`${what}.appName must be text; given: ${describe(appName)}`);
  return { domainName, appName, adopt: adopt as boolean | undefined };
}

function describe(value: unknown): string {
  if (pulumi.Output.isInstance(value)) return "an output, which cannot name a binding; create a DomainBinding instead";
  if (value === undefined || value === null) return "nothing";
  return typeof value === "string" ? JSON.stringify(value) : `a ${typeof value}`;
}

const wrong = (reason: string): pulumi.RunError => new pulumi.RunError(`bindTo: ${reason}`);
