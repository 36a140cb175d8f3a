import { CheckRequest } from "@pulumi/pulumi/proto/provider_pb";
import { createAutoName } from "../../api/contract/limits";
import { isSet, type Properties } from "../../properties";
import { nameOf, ownerOf, typeOf } from "./resource";

/** Marks inputs whose name is automatic, as Pulumi's own providers do. */
export const AUTOMATIC: Properties = { __defaults: ["templateName"] };

/** Returns whether inputs have an automatic name. */
const isAutomatic = ({ __defaults: defaults }: Properties): boolean =>
  Array.isArray(defaults) && defaults.includes("templateName");

/** Returns the automatic name in inputs of the state, also in those of the dynamic classes. */
function autoNameIn(inputs: Properties): string | undefined {
  const name = isAutomatic(inputs) ? inputs["templateName"] : inputs["automaticName"];
  return typeof name === "string" ? name : undefined;
}

/**
 * Returns the automatic name of a template to which the program gives no name. A resource keeps the name it
 * was created with, also by the dynamic classes and after a rename with an alias. A new resource gets the
 * name that the auto-naming configuration of the stack proposes, or a name derived from its logical name and
 * URN. That name is the same in each run, so that the next run finds a template that an interrupted run left.
 */
export function autoNameOf(request: CheckRequest, olds: Properties, news: Properties): string | undefined {
  const urn = request.getUrn();
  if (!typeOf(urn).endsWith(":CallbackTemplate")) return undefined;
  const earlier = autoNameIn(olds);
  // With ignoreChanges the engine passes the name in the state, which stays automatic.
  if (isSet(news["templateName"]) && news["templateName"] !== earlier) return undefined;
  if (earlier !== undefined) return earlier;
  const configured = request.getAutonaming();
  if (configured?.getMode() === CheckRequest.AutonamingOptions.Mode.DISABLE) return undefined;
  return configured?.getProposedName() || createAutoName(nameOf(urn), ownerOf(urn));
}

/**
 * Returns the automatic name of inputs if this module created it. A name that the stack configuration
 * proposes counts as given by the program, because a template with that name may belong to another program.
 */
export function ownAutoNameIn(urn: string, inputs: Properties): string | undefined {
  const name = createAutoName(nameOf(urn), ownerOf(urn));
  return isAutomatic(inputs) && inputs["templateName"] === name ? name : undefined;
}

/**
 * Returns the bookkeeping of an automatic name for inputs that were read. If the name has changed out of
 * band, they keep the automatic name, which the next update restores.
 */
export function namingAfterRead(olds: Properties, read: Properties): Properties {
  const autoName = autoNameIn(olds);
  if (autoName === undefined) return {};
  return autoName === read["templateName"] ? AUTOMATIC : { automaticName: autoName };
}
