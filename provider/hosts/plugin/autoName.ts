import { CheckRequest } from "@pulumi/pulumi/proto/provider_pb";
import { automaticName } from "../../api/contract/limits";
import { isSet, type Properties } from "../../properties";
import { nameOf, ownerOf, typeOf } from "./resource";

/** Marks inputs whose name is automatic, in the way of Pulumi's own providers. */
export const AUTOMATIC: Properties = { __defaults: ["templateName"] };

/** Returns whether inputs have an automatic name. */
const isAutomatic = ({ __defaults: defaults }: Properties): boolean =>
  Array.isArray(defaults) && defaults.includes("templateName");

/** The automatic name in inputs of the state, also in those of the dynamic classes. */
function automaticNameIn(inputs: Properties): string | undefined {
  const name = isAutomatic(inputs) ? inputs["templateName"] : inputs["automaticName"];
  return typeof name === "string" ? name : undefined;
}

/**
 * Returns the automatic name of a template to which the program gives none. A resource keeps the one that it was
 * created with, also by the dynamic classes and after a rename with an alias. A new one has the name that the
 * stack's configuration of auto-naming proposes, or one of its logical name and its URN: the same in each run, so
 * that a template that an interrupted run left is found again.
 */
export function autoNameOf(request: CheckRequest, olds: Properties, news: Properties): string | undefined {
  const urn = request.getUrn();
  if (!typeOf(urn).endsWith(":CallbackTemplate")) return undefined;
  const earlier = automaticNameIn(olds);
  // ignoreChanges gives the name in the state, which stays automatic.
  if (isSet(news["templateName"]) && news["templateName"] !== earlier) return undefined;
  if (earlier !== undefined) return earlier;
  const configured = request.getAutonaming();
  if (configured?.getMode() === CheckRequest.AutonamingOptions.Mode.DISABLE) return undefined;
  return configured?.getProposedName() || automaticName(nameOf(urn), ownerOf(urn));
}

/**
 * Returns the automatic name of inputs, if it is made here. A name that the stack's configuration proposes counts as
 * one of the program: a template that has it may be another one's.
 */
export function ownAutoNameIn(urn: string, inputs: Properties): string | undefined {
  const name = automaticName(nameOf(urn), ownerOf(urn));
  return isAutomatic(inputs) && inputs["templateName"] === name ? name : undefined;
}

/**
 * Returns what inputs that were read say of an automatic name. Where the name was changed elsewhere, they keep the
 * automatic one, to which the next update changes it back.
 */
export function namingAfterRead(olds: Properties, read: Properties): Properties {
  const automatic = automaticNameIn(olds);
  if (automatic === undefined) return {};
  return automatic === read["templateName"] ? AUTOMATIC : { automaticName: automatic };
}
