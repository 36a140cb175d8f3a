/** What stands in for a secret. */
const HIDDEN = "[hidden]";

/** A URL, or what should have been one, without user info, query and fragment: they may hold a secret. */
export function withoutUrlSecrets(url: string): string {
  const { host = "", username = "", password = "" } = URL.canParse(url) ? new URL(url) : {};
  // Where no host can be told, a password may hold any character: everything before the last @ may be part of it.
  if (host === "") return withoutQuery(withoutUserInfo(url));
  return username || password ? withoutUserInfo(withoutQuery(url)) : withoutQuery(url);
}

const withoutQuery = (url: string): string => url.replace(/[?#].*$/s, (rest) => `${rest[0]}${HIDDEN}`);

const withoutUserInfo = (url: string): string =>
  url.replace(/^(\s*[a-z][a-z0-9+.-]*:[/\\]+|\s*[/\\]+)?.*@/is, (_, scheme = "") => `${scheme}${HIDDEN}@`);

/** Removes every one of `secrets` from a text, wherever it stands; the longest first, where one holds another. */
export function redact(text: string, secrets: Iterable<string>): string {
  const longestFirst = [...new Set(secrets)].filter(Boolean).sort((a, b) => b.length - a.length);
  if (longestFirst.length === 0) return text;
  const literal = (secret: string): string => secret.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return text.replace(new RegExp(longestFirst.map(literal).join("|"), "g"), HIDDEN);
}

/** The secrets among the properties of a resource: the callback key, and what URLs hold beside host and path. */
export function secretsOf(properties: Readonly<Record<string, unknown>>): string[] {
  const secrets: string[] = [];
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value !== "string") continue;
    if (name === "callbackKey") secrets.push(value);
    if (name.endsWith("Url")) secrets.push(...urlSecrets(value));
  }
  return secrets;
}

/** With their delimiters, so that a query of one digit does not hide that digit in every number of a message. */
function urlSecrets(text: string): string[] {
  const [, userInfo] = /^[^/]*\/\/([^/]*@)/.exec(text) ?? [];
  const [rest] = /[?#].*$/s.exec(text) ?? [];
  return [userInfo, rest].filter((secret) => secret !== undefined);
}
