import { Deployment, type DeploymentOptions } from "../../deployment";
import { asResourceProvider } from "../../lifecycle";
import { callbackTemplate as callbackTemplateType } from "../../resources/callbackTemplate";
import { domainBinding as domainBindingType } from "../../resources/domainBinding";

/** The lifecycles of both resource types, over one session. */
export function createProvider(options: DeploymentOptions = {}) {
  const session = new Deployment(options);
  return {
    callbackTemplate: asResourceProvider(session, callbackTemplateType(session)),
    domainBinding: asResourceProvider(session, domainBindingType(session)),
  };
}

/**
 * What the text in the state loads: one lifecycle per resource type, over one session per process. These two names are
 * part of the state of every stack in use, and never change.
 */
export const { callbackTemplate, domainBinding } = createProvider();
