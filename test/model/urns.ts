/** The kinds of resources that a program declares. */
export type Kind = "template" | "binding";

/** Who provides the resources: the host of dynamic providers, or the plugin. */
type Provider = "dynamic" | "native";

const PACKAGES: Record<Provider, string> = {
  dynamic: "pulumi-nodejs:dynamic/tencentcloud-live",
  native: "tencentcloud-live:index",
};
const TYPES: Record<Kind, string> = { template: "CallbackTemplate", binding: "DomainBinding" };
const STACK = "urn:pulumi:dev::callbacks";

let provider: Provider = "dynamic";

/** Chooses the provider of all histories from now on. */
export function useProvider(name: Provider): void {
  provider = name;
}

/** The URN that the engine gives to a resource, in the stack of a scratch project. */
export const engineUrnOf = ({ kind, name }: { kind: Kind; name: string }): string =>
  `${STACK}::${PACKAGES[provider]}:${TYPES[kind]}::${name}`;

/** What a resource is told from others by, of which its automatic name has a hash. */
export const identityOf = (resource: { kind: Kind; name: string }): string =>
  provider === "native" ? engineUrnOf(resource) : `organization ${engineUrnOf(resource)}`;

/** The resource of such a URN; nothing if it is none of this package's. */
export function resourceOf(engineUrn: string): { kind: Kind; name: string } | undefined {
  for (const kind of Object.keys(TYPES) as Kind[]) {
    const start = engineUrnOf({ kind, name: "" });
    if (engineUrn.startsWith(start)) return { kind, name: engineUrn.slice(start.length) };
  }
  return undefined;
}
