import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

const NAME_CHARACTERS = 22;
const HASH_DIGITS = 7;

/**
 * A template name for a resource that gives none: its logical name, made to fit the console's limit of 30 characters,
 * and a hash of organisation and URN. It is the same in preview, update and the next try, so that a template left by
 * an interrupted run is found again; and it differs for resources of the same name elsewhere.
 */
export async function automaticName(type: string, name: string, parent: pulumi.Resource | undefined): Promise<string> {
  const fitting = [...name.replace(/[^\p{Script=Han}A-Za-z0-9_-]/gu, "-")].slice(0, NAME_CHARACTERS).join("");
  const hash = createHash("sha256").update(`${pulumi.getOrganization()} ${await urnOf(type, name, parent)}`);
  return `${fitting}-${hash.digest("hex").slice(0, HASH_DIGITS)}`;
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
