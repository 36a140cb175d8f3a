import { CheckRequest } from "@pulumi/pulumi/proto/provider_pb";
import { automaticName } from "../../api/contract/limits";
import { isSet, type Properties } from "../../properties";
import { nameOf, ownerOf, typeOf } from "./resource";

/** Marks inputs whose name is automatic, in the way of Pulumi's own providers. */
export const AUTOMATIC: Properties = { __defaults: ["templateName"] };

/** Returns whether inputs have an automatic name. */
export const isAutomatic = ({ __defaults: defaults }: Properties): boolean =>
  Array.isArray(defaults) && defaults.includes("templateName");

/**
 * Returns the automatic name of a template to which the program gives none. A resource keeps the one that it was
 * created with, also by the dynamic classes and after a rename with an alias. A new one has the name that the
 * stack's configuration of auto-naming proposes, or one of its logical name and its URN: the same in each run, so
 * that a template that an interrupted run left is found again.
 */
export function autoNameOf(request: CheckRequest, olds: Properties, news: Properties): string | undefined {
  const urn = request.getUrn();
  if (!typeOf(urn).endsWith(":CallbackTemplate") || isSet(news["templateName"])) return undefined;
  const earlier = isAutomatic(olds) ? olds["templateName"] : olds["automaticName"];
  if (typeof earlier === "string") return earlier;
  const configured = request.getAutonaming();
  if (configured?.getMode() === CheckRequest.AutonamingOptions.Mode.DISABLE) return undefined;
  return configured?.getProposedName() || automaticName(nameOf(urn), ownerOf(urn));
}
