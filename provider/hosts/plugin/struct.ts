import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Deployment } from "../../deployment";
import { defined, type Properties, UNKNOWN } from "../../properties";
import { textsIn } from "../../redaction";

/** The member that gives an object on the wire a special meaning, and its value for a secret. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** The text that the engine sends for an unknown value of any type, and the texts for values of one type. */
const UNKNOWNS = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);
const [ANY_UNKNOWN] = [...UNKNOWNS];

/** Properties as the engine sends them. */
export interface Received {
  /** Plain values, and {@link UNKNOWN}. */
  properties: Properties;
  /** The names of the properties that are secret or contain a secret. */
  secrets: ReadonlySet<string>;
}

/** Returns the texts in the properties that are secret. No message may show them. */
export const secretTexts = ({ properties, secrets }: Received): string[] =>
  [...secrets].flatMap((name) => textsIn(properties[name]));

/** Decodes properties for a deployment, which then shows none of their secrets in a message. */
export function receive(struct: Struct | undefined, deployment: Pick<Deployment, "keepSecret">): Received {
  const received = decode(struct);
  deployment.keepSecret(secretTexts(received));
  return received;
}

/** Decodes properties from the engine. */
export function decode(struct: Struct | undefined): Received {
  const secrets = new Set<string>();
  const entries = Object.entries(struct?.toJavaScript() ?? {}).map(([name, value]) => {
    return [name, plain(value, () => secrets.add(name))];
  });
  return { properties: Object.fromEntries(entries) as Properties, secrets };
}

function plain(value: unknown, foundSecret: () => void): unknown {
  if (typeof value === "string") return UNKNOWNS.has(value) ? UNKNOWN : value;
  if (Array.isArray(value)) return value.map((member) => plain(member, foundSecret));
  if (typeof value !== "object" || value === null) return value;
  if ((value as Record<string, unknown>)[SIGNATURE] === SECRET) {
    foundSecret();
    return plain((value as { value?: unknown }).value, foundSecret);
  }
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member, foundSecret)]));
}

/** Encodes properties for the engine. Those named in `secrets` are marked as secret, at any depth. */
export function encode(properties: Properties, secrets: ReadonlySet<string>): Struct {
  return Struct.fromJavaScript(wireObject(properties, secrets));
}

function wireObject(properties: object, secrets: ReadonlySet<string>): { [name: string]: never } {
  const entries = Object.entries(defined(properties as Properties)).map(([name, value]) => {
    const encoded = wire(value, secrets);
    return [name, secrets.has(name) ? { [SIGNATURE]: SECRET, value: encoded } : encoded];
  });
  return Object.fromEntries(entries);
}

function wire(value: unknown, secrets: ReadonlySet<string>): unknown {
  if (value === UNKNOWN) return ANY_UNKNOWN;
  if (Array.isArray(value)) return value.map((member) => wire(member, secrets));
  return typeof value === "object" && value !== null ? wireObject(value, secrets) : value;
}
