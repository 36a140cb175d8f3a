/**
 * The value that a JSON text stands for; `undefined` where it is none. The parser's own error would quote the
 * text.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
