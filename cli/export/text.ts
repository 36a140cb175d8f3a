/**
 * Formats a text as a literal with the quotation marks that need fewer escapes. Double ones are the default.
 */
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

/** Formats a text in double quotes, valid in JSON and YAML, with escapes for invisible characters. */
export const doubleQuoted = (text: string): string =>
  JSON.stringify(text).replace(INVISIBLE, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** Characters that JSON allows but that end a line, manipulate a terminal or reorder the displayed text. */
const INVISIBLE = /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
