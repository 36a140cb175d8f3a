import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { createAutoName } from "../../provider/api/contract/limits";

const HASH_DIGITS = 7;

/**
 * Computes the owner of a resource, which identifies it within its program: 7 digits of a hash of
 * organisation and URN. It is the same in preview, update and a repeated run, and differs for resources of
 * the same name in other stacks. The provider uses it to recognize two resources that declare the same thing,
 * and a resource that continues under another name.
 */
export async function computeOwner(type: string, name: string, parent: pulumi.Resource | undefined): Promise<string> {
  const hash = createHash("sha256").update(`${organization()} ${await urnOf(type, name, parent)}`);
  return hash.digest("hex").slice(0, HASH_DIGITS);
}

/**
 * Removes the inputs that the constructor added from a resource, because an export of the whole resource
 * would show them.
 */
export function hideInputs(resource: pulumi.Resource): void {
  for (const name of ["declaredBy", "automaticName"]) Reflect.deleteProperty(resource, name);
}

/** Returns the organisation of the stack; `""` in a unit test whose mocks do not set it. */
function organization(): string {
  try {
    return pulumi.getOrganization();
  } catch {
    return "";
  }
}

/**
 * Creates the name of a template to which the program gives no name. It is the same in each run, so that the
 * next run finds a template that an interrupted run left.
 */
export async function autoName(name: string, declaredBy: Promise<string>): Promise<string> {
  return createAutoName(name, await declaredBy);
}

/**
 * Returns the URN of a resource as a promise. An output would depend on the parent, and a dependency on a
 * component includes all its children. A template and its binding, both children of one component, would then
 * wait for each other.
 */
function urnOf(type: string, name: string, parent: pulumi.Resource | undefined): Promise<string> {
  return new Promise((resolve) => {
    pulumi.createUrn(name, type, parent).apply(resolve);
  });
}
