/** Text from elsewhere, and how to format it after secrets are hidden in it. */
interface Foreign {
  foreign: string;
  format: (text: string) => string;
}

/**
 * A message in parts: our own words and foreign text, such as a message of the API or a value from the user.
 * Secrets are hidden in foreign text only: in our own words, property names and codes, a short secret could
 * match by chance.
 */
export class Words {
  readonly parts: readonly (string | Foreign)[];

  constructor(parts: readonly (string | Foreign)[]) {
    this.parts = parts;
  }

  /** Formats the message; `hide` removes the secrets from a text. */
  show(hide: (text: string) => string): string {
    return this.parts.map((part) => (typeof part === "string" ? part : part.format(hide(part.foreign)))).join("");
  }

  /** Returns the whole message, including secrets. */
  toString(): string {
    return this.show((text) => text);
  }

  /** Returns this message followed by another one. */
  and(other: Words): Words {
    return new Words([...this.parts, ...other.parts]);
  }
}

/** A part of a message. A plain string counts as foreign text. */
export type Phrase = Words | string | number;

/**
 * Creates a message. The literal text is our own. An inserted string is foreign, unless {@link own} marks it.
 *
 * @example
 * ```ts
 * words`the connection to ${endpoint.origin} failed (${own(code)})`;
 * ```
 */
export function words(literals: TemplateStringsArray, ...inserted: Phrase[]): Words {
  const ours = (index: number) => own(literals[index] ?? "");
  return inserted.reduce<Words>((made, value, index) => made.and(toWords(value)).and(ours(index + 1)), ours(0));
}

/** Marks a text as our own words: the name of a property or a setting, a code, advice. */
export const own = (text: string): Words => new Words([text]);

/** Marks a text as foreign, to be shown in quotation marks or in another format. */
export const quoted = (foreign: string, format: (text: string) => string = (text) => JSON.stringify(text)): Words =>
  new Words([{ foreign, format }]);

/** Converts a part of a message to a message. */
export function toWords(phrase: Phrase): Words {
  if (phrase instanceof Words) return phrase;
  return typeof phrase === "number" ? own(String(phrase)) : quoted(phrase, (text) => text);
}

/** Joins the messages that are neither empty nor absent, with our own text between them. */
export function joinWords(phrases: readonly (Phrase | undefined)[], separator: string): Words {
  const given = phrases.filter((phrase): phrase is Phrase => phrase !== undefined && String(phrase) !== "");
  const [first = own(""), ...others] = given.map(toWords);
  return others.reduce((made, next) => made.and(own(separator)).and(next), first);
}

/** Formats a message on one line; `hide` removes the secrets from a text. */
export const oneLine = (message: Words, hide: (text: string) => string): string =>
  message.show(hide).replace(/\s*[\r\n]+\s*/g, " ");
