import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { canonicalDomain } from "../../provider/api/contract/hosts";
import { formatKey } from "../../provider/resources/ruleKey";
import { BINDING, TEMPLATE } from "./importFile";

/** A template that a program declares. */
export interface DeclaredTemplate {
  /** The id in the comment above the template or in `adopt`. `undefined` if both were deleted. */
  id: number | undefined;
  /** The name of the resource. */
  name: string;
}

/** The templates and rules that a folder declares. */
export interface Declared {
  templates: readonly DeclaredTemplate[];
  /** `push.example.com` or `push.example.com/live`. */
  rules: readonly string[];
}

/**
 * Reads the TypeScript and YAML programs of a folder, or its `import.json` if there are none.
 *
 * @throws Error if the folder has none of them in the form that the export writes
 */
export function readFolder(folder: string): Declared {
  const names = listFolder(folder);
  const textOf = (isRead: (name: string) => boolean) =>
    names.filter(isRead).map((name) => readFileSync(join(folder, name), "utf8"));
  const programs = [
    readTypescript(textOf((name) => /(?<!\.d)\.ts$/.test(name)).join("\n")),
    readYaml(textOf((name) => name === "Pulumi.yaml").join("\n")),
  ];
  const found = programs.filter(({ templates }) => templates.length > 0);
  const lists = found.length > 0 ? [] : textOf((name) => name === "import.json").map(readImportFile);
  const all = [...found, ...lists];
  if (all.length === 0)
    throw new Error(`${folder} has no program in the form that the export writes: there is nothing to compare`);
  return { templates: all.flatMap(({ templates }) => templates), rules: all.flatMap(({ rules }) => rules) };
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw new Error(
      `${folder} cannot be read (${(error as NodeJS.ErrnoException).code}): --diff reads the folder of --out`,
    );
  }
}

function readTypescript(program: string): Declared {
  const lists = [...program.matchAll(/\.bindTo\(\s*\[([^\]]*)\]/g)].map(([, list = ""]) => list);
  return {
    templates: templatesIn(program.split(/\bnew CallbackTemplate\(/), (block) => /^\s*["']([^"']*)/.exec(block)?.[1]),
    rules: lists.flatMap((list) => {
      const targets = [...list.matchAll(/\{[^}]*\}|["']([^"']+)["']/g)];
      return targets.map(([fields, domain]) => (domain === undefined ? ruleIn(fields) : ruleText(domain, "")));
    }),
  };
}

function readYaml(program: string): Declared {
  // Each block begins with a key that has the indentation of a resource.
  const blocks = program.split(/^(?= {2}[\w-]+:\s*$)/m);
  const isOf = (type: string, block: string) =>
    new RegExp(`^ +type: ["']?tencentcloud-live:(index:)?${type}\\b`, "m").test(block);
  return {
    templates: templatesIn(blocks, (block) =>
      isOf("CallbackTemplate", block) ? fieldIn(block, "name") || /\S+(?=:)/.exec(block)?.[0] : undefined,
    ),
    rules: blocks.filter((block) => isOf("DomainBinding", block)).map(ruleIn),
  };
}

/** Returns the templates in the blocks of a program. The comment above a template ends the previous block. */
function templatesIn(blocks: readonly string[], nameIn: (block: string) => string | undefined): DeclaredTemplate[] {
  return blocks.slice(1).flatMap((block, index) => {
    const name = nameIn(block);
    const comment = /(?:\/\/|#) Template (\d+)[.,][^\n]*\n[^\n]*$/.exec(blocks[index] ?? "")?.[1];
    const id = comment ?? /\badopt: (\d+)/.exec(block)?.[1];
    return name ? [{ id: id === undefined ? undefined : Number(id), name }] : [];
  });
}

/** Returns the value of a field in a TypeScript literal or a YAML resource. */
const fieldIn = (text: string, name: string): string =>
  new RegExp(`(?<![\\w-])${name}: *["']?([^"',}\\s]*)`).exec(text)?.[1] ?? "";

const ruleIn = (text: string): string => ruleText(fieldIn(text, "domainName"), fieldIn(text, "appName"));

const ruleText = (domainName: string, appName: string): string =>
  formatKey({ domainName: canonicalDomain(domainName) || domainName, appName });

function readImportFile(text: string): Declared {
  const { resources } = JSON.parse(text) as { resources: { type: string; name: string; id: string }[] };
  const of = (wanted: string) => resources.filter(({ type }) => type === wanted);
  return {
    templates: of(TEMPLATE).map(({ id, name }) => ({ id: Number(id), name })),
    rules: of(BINDING).map(({ id }) => id),
  };
}
