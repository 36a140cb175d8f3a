import * as pulumi from "@pulumi/pulumi";
import type { BindTarget, DomainBindingArgs } from "./arguments";

type BindingClass<Binding> = new (
  name: string,
  args: DomainBindingArgs,
  opts?: pulumi.CustomResourceOptions,
) => Binding;

/**
 * Creates one binding for each target. It is named only after its domain and app, and the template is not its
 * parent. Moving a domain from one template's list to another's is therefore a change in place, and listing
 * it in two is an error at preview.
 *
 * @throws RunError if `targets` is not a list of push domains
 */
export function bindTo<Binding>(
  DomainBinding: BindingClass<Binding>,
  templateId: pulumi.Input<number | string>,
  targets: readonly BindTarget[],
  opts: pulumi.CustomResourceOptions,
): Binding[] {
  if (!Array.isArray(targets)) throw wrong(`domains must be a list of push domains; given: ${describe(targets)}`);
  return targets.map((target: BindTarget, index) => {
    const { domainName, appName, adopt } = targetOf(target, `domains[${index}]`);
    const name = domainName.toLowerCase().replace(/\.$/, "") + (appName ? `/${appName}` : "");
    return new DomainBinding(name, { domainName, appName, adopt, templateId }, opts);
  });
}

/** A target as an object. Domain and app make the name of the binding, so they must be plain text. */
function targetOf(target: unknown, what: string): Exclude<BindTarget, string> {
  const isObject = typeof target === "object" && target !== null && !pulumi.Output.isInstance(target);
  const { domainName, appName = "", adopt } = (isObject ? target : { domainName: target }) as Record<string, unknown>;
  const place = isObject ? `${what}.domainName` : what;
  if (typeof domainName !== "string" || domainName === "") {
    throw wrong(`${place} must be a push domain, for example "push.example.com"; given: ${describe(domainName)}`);
  }
  if (typeof appName !== "string") throw wrong(`${what}.appName must be text; given: ${describe(appName)}`);
  return { domainName, appName, adopt: adopt as boolean | undefined };
}

function describe(value: unknown): string {
  if (pulumi.Output.isInstance(value)) return "an output, which has no name yet: make a DomainBinding of it instead";
  return typeof value === "string" ? JSON.stringify(value) : value === undefined ? "nothing" : `a ${typeof value}`;
}

const wrong = (reason: string): pulumi.RunError => new pulumi.RunError(`bindTo: ${reason}`);
