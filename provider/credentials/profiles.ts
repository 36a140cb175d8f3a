import { join } from "node:path";
import { z } from "zod";
import { ProviderError } from "../api/errors";
import { parseJson } from "../api/json";
import { readTextFile } from "../textFile";
import { joinWords, own, quoted, type Words, words } from "../words";
import type { CredentialContext, ResolvedCredentials } from "./context";
import { trimmed, wholePair } from "./keyPairs";

/** The values of a profile. */
interface Profile {
  secretId?: string | undefined;
  secretKey?: string | undefined;
  token?: string | undefined;
  roleArn?: string | undefined;
  roleSessionName?: string | undefined;
}

/** A file that may contain a profile, and how to parse it. */
interface ProfileFile {
  path: string;
  names: { secretId: string; secretKey: string };
  parse(text: string, profile: string, path: string): Profile | undefined;
  /** Returns the first syntax error of a text that lacks a profile, if there is one. It quotes no value. */
  problem(text: string): string | undefined;
  /** How the user corrects or renews the credentials in the file. */
  remedy: Words;
}

/** Returns the files to search for a profile, in order: that of the SDKs, then that of `tccli`. */
export function profileFiles({ environment }: CredentialContext, profile: string): ProfileFile[] {
  const home = environment["HOME"] || environment["USERPROFILE"];
  const shared = environment["TENCENTCLOUD_CREDENTIALS_FILE"] || (home && join(home, ".tencentcloud", "credentials"));
  const folder = environment["TENCENTCLOUD_SHARED_CREDENTIALS_DIR"] || (home && join(home, ".tccli"));
  const ini = {
    names: { secretId: "secret_id", secretKey: "secret_key" },
    parse: parseShared,
    problem: (text: string) => parseIni(text).syntaxErrors[0],
    remedy: words`Correct that file.`,
  };
  const cli = {
    names: { secretId: "secretId", secretKey: "secretKey" },
    parse: parseCli,
    problem: () => undefined,
    remedy: words`Renew them with "tccli configure --profile ${profile}" or "tccli auth login --profile ${profile}".`,
  };
  return [
    ...(shared ? [{ path: shared, ...ini }] : []),
    ...(folder ? [{ path: join(folder, `${profile}.credential`), ...cli }] : []),
  ];
}

/**
 * Returns the credentials of a profile.
 *
 * @throws ProviderError `Provider.CredentialsNotFound` if the profile does not exist.
 */
export async function namedProfile(
  profile: string,
  named: string,
  context: CredentialContext,
): Promise<ResolvedCredentials> {
  const files = /[/\\]/.test(profile) ? [] : profileFiles(context, profile);
  const found = await findProfile(profile, files, context);
  if (found) return found;
  const places = files.length > 0 ? joinWords(await searchedFiles(files), " or ") : words`any file`;
  throw new ProviderError(words`the profile ${quoted(profile)} (set by ${own(named)}) is not in ${places}`, {
    code: "Provider.CredentialsNotFound",
    remedy: words`Correct the name, or create the profile.`,
  });
}

/** Formats the paths of files that lack a profile, each with its first syntax error. */
export function searchedFiles(files: readonly ProfileFile[]): Promise<Words[]> {
  return Promise.all(
    files.map(async ({ path, problem }) => {
      const text = await readIfThere(path);
      const found = text === undefined ? undefined : problem(text);
      return found ? words`${path} (it exists, but cannot be parsed: ${own(found)})` : words`${path}`;
    }),
  );
}

/** Returns the credentials of the profile `default`, if it exists. */
export function defaultProfile(context: CredentialContext): Promise<ResolvedCredentials | undefined> {
  return findProfile("default", profileFiles(context, "default"), context);
}

async function findProfile(
  profile: string,
  files: ProfileFile[],
  { settings: { role } }: CredentialContext,
): Promise<ResolvedCredentials | undefined> {
  for (const file of files) {
    const text = await readIfThere(file.path);
    const found = text === undefined ? undefined : file.parse(text, profile, file.path);
    const label = words`profile ${quoted(profile)} of ${file.path}`;
    const names = { secretId: words`${own(file.names.secretId)} in ${label}`, secretKey: own(file.names.secretKey) };
    const keys = found && wholePair(names, trimmed(found.secretId), trimmed(found.secretKey), file.remedy);
    if (!keys) continue;
    const credentials = { ...keys, securityToken: trimmed(found.token), source: label, remedy: file.remedy };
    const { roleArn, roleSessionName: sessionName = role.sessionName } = found;
    return { credentials, role: role.arn || !roleArn ? role : { ...role, arn: roleArn, sessionName } };
  }
  return undefined;
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readTextFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw unreadable(path, words`cannot be read (${own(String(code))})`);
  }
}

/**
 * The keys of a profile in the shared file, as its documentation and as tccli spell them, in lower case.
 */
const SHARED_KEYS = { secretId: ["secret_id", "secretid"], secretKey: ["secret_key", "secretkey"], token: ["token"] };

function parseShared(text: string, profile: string): Profile | undefined {
  const section = parseIni(text).sections.get(profile);
  const firstOf = (names: readonly string[]) => names.map((name) => section?.get(name)).find(Boolean);
  const found = section && {
    secretId: firstOf(SHARED_KEYS.secretId),
    secretKey: firstOf(SHARED_KEYS.secretKey),
    token: firstOf(SHARED_KEYS.token),
  };
  return found;
}

/** The content of an INI file: values by section and by key in lower case, and its syntax errors. */
interface IniFile {
  sections: Map<string, Map<string, string>>;
  /** For example `line 3 has a key, but no section such as [default] precedes it`. They quote no value. */
  syntaxErrors: string[];
}

/**
 * Parses an INI file: `[name]`, `key = value` or `key: value`, values in quotation marks or not, comments
 * with `#` or `;`.
 */
export function parseIni(text: string): IniFile {
  const sections = new Map<string, Map<string, string>>();
  const syntaxErrors: string[] = [];
  let section: Map<string, string> | undefined;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*([#;]|$)/.test(line)) continue;
    const [, name] = /^\s*\[(.*)\]\s*$/.exec(line) ?? [];
    const [, key = "", value = ""] = /^\s*([^=:[\s][^=:]*?)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined) {
      section = sections.get(name.trim()) ?? new Map();
      sections.set(name.trim(), section);
    } else if (!key) syntaxErrors.push(`line ${index + 1} is neither a section, a key with a value, nor a comment`);
    else if (section) section.set(key.toLowerCase(), value.replace(/^(["'])(.*)\1$/, "$2"));
    else syntaxErrors.push(`line ${index + 1} has a key, but no section such as [default] precedes it`);
  }
  return { sections, syntaxErrors };
}

const text = z
  .string()
  .nullish()
  .transform((value) => value || undefined);

const cliFile = z
  .object({ secretId: text, secretKey: text, token: text, "role-arn": text, "role-session-name": text })
  .transform(({ "role-arn": roleArn, "role-session-name": roleSessionName, ...keys }) => {
    return { ...keys, roleArn, roleSessionName };
  });

function parseCli(content: string, _profile: string, path: string): Profile {
  const { data } = cliFile.safeParse(parseJson(content));
  if (!data) throw unreadable(path, words`is not in the format of tccli`);
  return data;
}

function unreadable(path: string, why: Words): ProviderError {
  return new ProviderError(words`the credentials file ${path} ${why}`, {
    code: "Provider.InvalidConfiguration",
    remedy: words`Correct the file, or set the credentials elsewhere.`,
  });
}
