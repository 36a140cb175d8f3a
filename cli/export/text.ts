/** Formats a text as a literal with the quotation marks that need fewer escapes, double ones if both do. */
export function literal(text: string): string {
  const escaped = doubleQuoted(text);
  if (!prefersSingleQuotes(text)) return escaped;
  return `'${escaped.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** Returns whether a text needs fewer escapes between single quotation marks than between double ones. */
export function prefersSingleQuotes(text: string): boolean {
  const count = (mark: string) => text.split(mark).length - 1;
  return count('"') > count("'");
}

/** Formats a text between double quotes, as JSON and YAML read it too, with escapes for what cannot be seen. */
export const doubleQuoted = (text: string): string =>
  JSON.stringify(text).replace(INVISIBLE, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** These end a line, steer a terminal, or show the text in another order, although JSON allows them. */
const INVISIBLE = /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
