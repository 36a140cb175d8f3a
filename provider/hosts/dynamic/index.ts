import { Deployment, type DeploymentOptions } from "../../deployment";
import { Lifecycle } from "../../lifecycle";
import { callbackTemplate as callbackTemplateType } from "../../resources/callbackTemplate";
import { domainBinding as domainBindingType } from "../../resources/domainBinding";
import { dynamicProvider } from "./dynamicProvider";
import { StackHost } from "./stackHost";

/** Creates the lifecycles of both resource types, in one deployment, for Pulumi's dynamic provider host. */
export function createProvider(options: DeploymentOptions = {}) {
  const host = new StackHost();
  const deployment = new Deployment(host, options);
  const template = new Lifecycle(deployment, callbackTemplateType);
  const binding = new Lifecycle(deployment, domainBindingType);
  return {
    callbackTemplate: dynamicProvider(host, deployment, template, ["__provider", "declaredBy", "automaticName"]),
    domainBinding: dynamicProvider(host, deployment, binding, ["__provider", "declaredBy"]),
  };
}

/**
 * The lifecycles that the provider stub in the state loads: one per resource type, in one deployment per
 * process. These two names are part of the state of every stack in use and never change.
 */
export const { callbackTemplate, domainBinding } = createProvider();
