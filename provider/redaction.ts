/** The text that replaces a secret. */
const HIDDEN = "[hidden]";

/** Hides the user info, query and fragment of a URL, valid or not, because they may contain a secret. */
export function withoutUrlSecrets(url: string): string {
  const { host = "", username = "", password = "" } = URL.canParse(url) ? new URL(url) : {};
  // Without a recognizable host, everything before the last @ may be part of a password.
  if (host === "") return withoutQuery(withoutUserInfo(url));
  return username || password ? withoutUserInfo(withoutQuery(url)) : withoutQuery(url);
}

const withoutQuery = (url: string): string => url.replace(/[?#].*$/s, (rest) => `${rest[0]}${HIDDEN}`);

const withoutUserInfo = (url: string): string =>
  url.replace(/^(\s*[a-z][a-z0-9+.-]*:[/\\]+|\s*[/\\]+)?.*@/is, (_, scheme = "") => `${scheme}${HIDDEN}@`);

/**
 * Returns a function that hides all `secrets` in a text, the longest first, because one may contain another.
 * It is meant for foreign text: in our own words, a short secret could match by chance.
 */
export function redactor(secrets: Iterable<string>): (text: string) => string {
  const longestFirst = [...new Set([...secrets].flatMap(formsOf))].filter(Boolean).sort((a, b) => b.length - a.length);
  if (longestFirst.length === 0) return (text) => text;
  const literal = (secret: string): string => secret.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = new RegExp(longestFirst.map(literal).join("|"), "g");
  return (text) => text.replace(pattern, HIDDEN);
}

/**
 * Returns the forms in which a message may repeat a secret: as it is or with its URL encoding removed, and each
 * of them literal, in JSON, in JSON as Go writes it, and URL-encoded with either case of digits.
 */
function formsOf(secret: string): string[] {
  return [secret, urlDecoded(secret)].flatMap((text) => {
    const json = JSON.stringify(text).slice(1, -1);
    const go = json.replace(/[&<>]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
    const encoded = /\p{Surrogate}/u.test(text) ? text : encodeURIComponent(text);
    return [text, json, go, encoded, encoded.replace(/%../g, (byte) => byte.toLowerCase())];
  });
}

function urlDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
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
 * The minimum length of a query value or number that counts as a secret: hiding a `1` would hide it in every
 * number.
 */
const MIN_VALUE_LENGTH = 6;

/**
 * Returns the texts in a secret value of any type: text, names of members, and numbers that are long enough.
 */
export function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return String(value).length >= MIN_VALUE_LENGTH ? [String(value)] : [];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== "object" || value === null) return [];
  return [...Object.keys(value), ...Object.values(value).flatMap(textsIn)];
}

/**
 * Returns the whole user info and query of a URL, with their delimiters; each part of the user info; and each
 * query value that is long enough to be a secret.
 */
function urlSecrets(text: string): string[] {
  const [, userInfo = ""] = /^[^/]*\/\/([^/]*@)/.exec(text) ?? [];
  const [rest = ""] = /[?#].*$/s.exec(text) ?? [];
  const values = rest.split(/[?&#]/).map((pair) => pair.replace(/^[^=]*=/, ""));
  return [
    userInfo,
    rest,
    ...userInfo.split(/[:@]/),
    ...values.filter((value) => value.length >= MIN_VALUE_LENGTH),
  ].filter(Boolean);
}
