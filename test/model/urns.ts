/** The kinds of resources that a program declares. */
export type Kind = "template" | "binding";

const PACKAGE = "pulumi-nodejs:dynamic/tencentcloud-live";
const TYPES: Record<Kind, string> = { template: `${PACKAGE}:CallbackTemplate`, binding: `${PACKAGE}:DomainBinding` };
const STACK = "urn:pulumi:dev::callbacks";

/** The URN that the engine gives to a resource, in the stack of a scratch project. */
export const engineUrnOf = ({ kind, name }: { kind: Kind; name: string }): string =>
  `${STACK}::${TYPES[kind]}::${name}`;

/** The resource of such a URN; nothing if it is none of this package's. */
export function resourceOf(engineUrn: string): { kind: Kind; name: string } | undefined {
  for (const kind of Object.keys(TYPES) as Kind[]) {
    const start = engineUrnOf({ kind, name: "" });
    if (engineUrn.startsWith(start)) return { kind, name: engineUrn.slice(start.length) };
  }
  return undefined;
}
