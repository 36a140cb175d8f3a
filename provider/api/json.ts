/**
 * Parses a JSON text; `undefined` where it is invalid, since the parser's own error would quote the text.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
