/** The sections of an INI file: `[name]`, `key = value`, comments with `#` or `;`. Whatever else stands there is passed over. */
export function parseIni(text: string): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>();
  let section = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [, name] = /^\s*\[(.*)\]\s*$/.exec(line) ?? [];
    if (name !== undefined) {
      section = sections.get(name.trim()) ?? new Map();
      sections.set(name.trim(), section);
    }
    const [, key = "", value = ""] = /^\s*([^=#;[\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (key) section.set(key, value);
  }
  return sections;
}
