import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { NAME_CHARACTERS, TEMPLATE_LIMITS } from "../../provider/api/contract/limits";

const HASH_DIGITS = 7;
/** What is left of the console's limit beside a hyphen and the hash. */
const FITTING_CHARACTERS = TEMPLATE_LIMITS.console.templateName - HASH_DIGITS - 1;

/**
 * What tells a resource from the others of its program: a hash of organisation and URN. It is the same in preview,
 * update and the next try, and differs for resources of the same name elsewhere. With it the provider sees two resources
 * that declare one thing, and a resource that goes on under another name.
 */
export async function ownerOf(type: string, name: string, parent: pulumi.Resource | undefined): Promise<string> {
  const hash = createHash("sha256").update(`${organization()} ${await urnOf(type, name, parent)}`);
  return hash.digest("hex").slice(0, HASH_DIGITS);
}

/** Takes the inputs that are not the program's own off a resource: an export of the whole resource would show them. */
export function hideInputs(resource: pulumi.Resource): void {
  for (const name of ["declaredBy", "automaticName"]) Reflect.deleteProperty(resource, name);
}

/** The engine always names one; a unit test with mocks does not have to. */
function organization(): string {
  try {
    return pulumi.getOrganization();
  } catch {
    return "";
  }
}

/**
 * A template name for a resource that gives none: its logical name, made to fit the console's limit of 30 characters,
 * and what tells it from others. So a template that an interrupted run left is found again.
 */
export async function autoName(name: string, declaredBy: Promise<string>): Promise<string> {
  const characters = [...name].map((character) => (NAME_CHARACTERS.test(character) ? character : "-"));
  const fitting = characters.slice(0, FITTING_CHARACTERS).join("");
  return `${fitting}-${await declaredBy}`;
}

/**
 * As a promise, not as the output that it is: that one depends on the parent, and a dependency on a component is one on
 * all its children. A template and its binding, both children of one component, would wait for each other.
 */
function urnOf(type: string, name: string, parent: pulumi.Resource | undefined): Promise<string> {
  return new Promise((resolve) => {
    pulumi.createUrn(name, type, parent).apply(resolve);
  });
}
