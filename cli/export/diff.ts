import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { canonicalDomain } from "../../provider/api/contract/hosts";
import { formatKey } from "../../provider/resources/ruleKey";
import type { Model } from "./model";

/** Templates and rules by how a program calls them. */
interface Declared {
  /** Ids of templates, as the comments and options of a program have them. */
  ids: ReadonlySet<number>;
  /** Names of the resources of templates. */
  names: ReadonlySet<string>;
  /** `push.example.com` or `push.example.com/live`. */
  rules: ReadonlySet<string>;
}

/** What is only in the account or only in the folder: templates and rules, for people. */
export interface Difference {
  onlyInAccount: readonly string[];
  onlyInFolder: readonly string[];
}

/**
 * Compares an account with the programs of a folder. It compares which templates and rules there are;
 * `pulumi preview --refresh` compares their properties.
 *
 * @throws Error if the folder holds no program in the form that the export writes
 */
export function compareWithFolder({ templates }: Model, folder: string): Difference {
  const declared = readFolder(folder);
  const rules = templates.flatMap(({ bindings }) => bindings.map(formatKey));
  const ids = new Set(templates.map(({ id }) => id));
  const isDeclared = ({ id, name }: Model["templates"][number]): boolean =>
    declared.ids.has(id) || (declared.ids.size === 0 && declared.names.has(name.resource));
  const missing = templates.filter((template) => !isDeclared(template));
  return {
    onlyInAccount: [
      ...missing.map(({ id, name }) => `template ${id} (${name.resource})`),
      ...rules.filter((key) => !declared.rules.has(key)).map((key) => `rule ${key}`),
    ],
    onlyInFolder: [
      ...[...declared.ids].filter((id) => !ids.has(id)).map((id) => `template ${id}`),
      ...[...declared.rules].filter((key) => !rules.includes(key)).map((key) => `rule ${key}`),
    ],
  };
}

function readFolder(folder: string): Declared {
  const names = listFolder(folder).filter((name) => /\.ts$/.test(name) && !name.endsWith(".d.ts"));
  const program = names.map((name) => readFileSync(join(folder, name), "utf8")).join("\n");
  const rules = [...program.matchAll(/\.bindTo\(\s*\[([^\]]*)\]/g)].flatMap(([, list = ""]) => rulesIn(list));
  const declared = {
    ids: new Set(matches(program, /^\s*\/\/ Template (\d+)[.,]|^\s*adopt: (\d+)/gm).map(Number)),
    names: new Set(matches(program, /\bnew CallbackTemplate\(\s*["']([^"']*)["']/g)),
    rules: new Set(rules),
  };
  if (declared.names.size > 0) return declared;
  throw new Error(`${folder} holds no TypeScript program as the export writes it: there is nothing to compare`);
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw new Error(`${folder} cannot be read (${(error as NodeJS.ErrnoException).code}): --diff compares with --out`);
  }
}

/** Returns the first group of each match that is not empty. */
const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, ...groups]) => groups.find((group) => group !== undefined) ?? "");

/** Returns the keys of the targets in a list of `bindTo`. */
function rulesIn(list: string): string[] {
  const targets = list.matchAll(/\{([^}]*)\}|["']([^"']+)["']/g);
  return [...targets].map(([, fields, domain = ""]) => {
    const field = (name: string): string => new RegExp(`${name}: ["']([^"']*)["']`).exec(fields ?? "")?.[1] ?? "";
    const domainName = fields === undefined ? domain : field("domainName");
    return formatKey({ domainName: canonicalDomain(domainName) || domainName, appName: field("appName") });
  });
}
