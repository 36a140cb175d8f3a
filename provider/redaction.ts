/** What stands in for a secret. */
const HIDDEN = "[hidden]";

/** A URL, or what should have been one, without user info, query and fragment: they may hold a secret. */
export function withoutUrlSecrets(url: string): string {
  const { host = "", username = "", password = "" } = URL.canParse(url) ? new URL(url) : {};
  // Where no host can be recognized, a password may hold any character: everything before the last @ may be
  // part of it.
  if (host === "") return withoutQuery(withoutUserInfo(url));
  return username || password ? withoutUserInfo(withoutQuery(url)) : withoutQuery(url);
}

const withoutQuery = (url: string): string => url.replace(/[?#].*$/s, (rest) => `${rest[0]}${HIDDEN}`);

const withoutUserInfo = (url: string): string =>
  url.replace(/^(\s*[a-z][a-z0-9+.-]*:[/\\]+|\s*[/\\]+)?.*@/is, (_, scheme = "") => `${scheme}${HIDDEN}@`);

/**
 * Returns a function that hides all `secrets` in a text, the longest first, because one may contain another.
 * It is meant for text from elsewhere: in our own words it would hide what a short secret happens to match.
 */
export function redactor(secrets: Iterable<string>): (text: string) => string {
  const longestFirst = [...new Set([...secrets].flatMap(formsOf))].filter(Boolean).sort((a, b) => b.length - a.length);
  if (longestFirst.length === 0) return (text) => text;
  const literal = (secret: string): string => secret.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = new RegExp(longestFirst.map(literal).join("|"), "g");
  return (text) => text.replace(pattern, HIDDEN);
}

/** A secret as a message may repeat it: as it is, in JSON, in JSON as Go writes it, and URL-encoded. */
function formsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const go = json.replace(/[&<>]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
  const encoded = /\p{Surrogate}/u.test(secret) ? secret : encodeURIComponent(secret);
  return [secret, json, go, encoded];
}

/**
 * Returns the secrets among the properties of a resource: the callback key, and the parts of URLs other than
 * host and path.
 */
export function secretsOf(properties: Readonly<Record<string, unknown>> = {}): string[] {
  const secrets: string[] = [];
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value !== "string") continue;
    if (name === "callbackKey") secrets.push(value);
    if (name.endsWith("Url")) secrets.push(...urlSecrets(value));
  }
  return secrets;
}

/**
 * Shorter values of a query are no secrets by themselves: a `1` would hide that digit in every number.
 */
const LEAST_VALUE = 6;

/**
 * User info and query whole, with their delimiters; each part of the user info; and each value of the query
 * that is long enough to be a secret.
 */
function urlSecrets(text: string): string[] {
  const [, userInfo = ""] = /^[^/]*\/\/([^/]*@)/.exec(text) ?? [];
  const [rest = ""] = /[?#].*$/s.exec(text) ?? [];
  const values = rest.split(/[?&#]/).map((pair) => pair.replace(/^[^=]*=/, ""));
  return [userInfo, rest, ...userInfo.split(/[:@]/), ...values.filter((value) => value.length >= LEAST_VALUE)].filter(
    Boolean,
  );
}
