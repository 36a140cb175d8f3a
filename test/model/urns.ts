/** The kinds of resources that a program declares. */
export type Kind = "template" | "binding";

/** The provider of the resources: the dynamic provider host or the plugin. */
type Provider = "dynamic" | "native";

const PACKAGES: Record<Provider, string> = {
  dynamic: "pulumi-nodejs:dynamic/tencentcloud-live",
  native: "tencentcloud-live:index",
};
const TYPES: Record<Kind, string> = { template: "CallbackTemplate", binding: "DomainBinding" };
const STACK = "urn:pulumi:dev::callbacks";

let provider: Provider = "dynamic";

/** Sets the provider of all following histories. */
export function useProvider(name: Provider): void {
  provider = name;
}

/** Returns the engine's URN of a resource, in the stack of a scratch project. */
export const engineUrnOf = ({ kind, name }: { kind: Kind; name: string }): string =>
  `${STACK}::${PACKAGES[provider]}:${TYPES[kind]}::${name}`;

/** Returns the identity of a resource, whose hash is in its automatic name. */
export const identityOf = (resource: { kind: Kind; name: string }): string =>
  provider === "native" ? engineUrnOf(resource) : `organization ${engineUrnOf(resource)}`;

/** Returns the resource of a URN, or nothing if it is not a resource of this package. */
export function resourceOf(engineUrn: string): { kind: Kind; name: string } | undefined {
  for (const kind of Object.keys(TYPES) as Kind[]) {
    const start = engineUrnOf({ kind, name: "" });
    if (engineUrn.startsWith(start)) return { kind, name: engineUrn.slice(start.length) };
  }
  return undefined;
}
