import { NAMESPACE } from "../provider/settings/keys";

type ResourceName = "CallbackTemplate" | "DomainBinding";

/** Returns the Pulumi type, as in URNs, of a resource that uses Pulumi's dynamic host. */
export const dynamicType = (name: ResourceName): string => `pulumi-nodejs:dynamic/${NAMESPACE}:${name}`;

/** Returns the token of a resource, a function or a type of the native provider. */
export const nativeToken = (name: string): string => `${NAMESPACE}:index:${name}`;
