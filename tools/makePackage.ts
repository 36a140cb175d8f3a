import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import ts from "typescript";

const ROOT = resolve(__dirname, "..");

/** The address of the repository, `https://…`. While it is empty, the package cannot be released. */
export const REPOSITORY: string = "";

type Manifest = Readonly<Record<string, unknown>>;

/**
 * Creates the package to publish in a new folder: the files of `npm pack`, without the parts that only the
 * repository uses. `npm publish <folder>` publishes it.
 */
export function makePackage(folder: string, repository = REPOSITORY): void {
  if (existsSync(folder)) throw new Error(`${folder} exists: delete it, or choose another folder`);
  unpack(folder);
  deleteUnreachableTypes(realpathSync(folder));
  const change = (name: string, edit: (text: string) => string) => {
    writeFileSync(join(folder, name), edit(readFileSync(join(folder, name), "utf8")));
  };
  change("package.json", (text) => `${JSON.stringify(published(JSON.parse(text), repository), undefined, 2)}\n`);
  // If the package has a repository, the page of the registry completes the links.
  if (repository === "") change("README.md", (text) => withoutDeadLinks(text, folder));
}

function unpack(folder: string): void {
  const scratch = mkdtempSync(join(tmpdir(), "tencentcloud-live-package-"));
  try {
    const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", scratch];
    const printed = execFileSync("npm", args, { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    // Some versions of npm print a list, others an object by name.
    const [{ filename }] = Object.values(JSON.parse(printed)) as [{ filename: string }];
    mkdirSync(folder, { recursive: true });
    execFileSync("tar", ["-xzf", join(scratch, filename), "--strip-components=1", "-C", folder]);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** Deletes the declarations that cannot be reached from an entry point of the package. */
function deleteUnreachableTypes(folder: string): void {
  const { exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const entries = JSON.stringify(exports).match(/[^"]+\.d\.m?ts(?=")/g) ?? [];
  const { Node16: module } = ts.ModuleKind;
  const { Node16: moduleResolution } = ts.ModuleResolutionKind;
  const program = ts.createProgram(
    entries.map((entry) => join(folder, entry)),
    { module, moduleResolution, noLib: true, types: [] },
  );
  const reached = new Set(program.getSourceFiles().map(({ fileName }) => resolve(fileName)));
  for (const name of readdirSync(join(folder, "dist"), { recursive: true, encoding: "utf8" })) {
    const file = join(folder, "dist", name);
    if (/\.d\.m?ts$/.test(name) && !reached.has(file)) rmSync(file);
  }
}

/**
 * Returns the manifest without the fields that only the repository uses. npm would warn about its scripts.
 */
function published(manifest: Manifest, repository: string): Manifest {
  const left = Object.entries(manifest).filter(
    ([name]) => !["private", "scripts", "devDependencies", "workspaces"].includes(name),
  );
  if (repository === "") return Object.fromEntries(left);
  const addresses = {
    homepage: `${repository}#readme`,
    bugs: `${repository}/issues`,
    repository: { type: "git", url: `git+${repository}.git` },
  };
  return { ...Object.fromEntries(left), ...addresses };
}

/** Replaces links to files by their text, with the path if the package contains the file. */
function withoutDeadLinks(text: string, folder: string): string {
  const asText = (_: string, image: string, label: string, target: string): string => {
    if (image) return "";
    const path = target.replace(/#.*$/, "");
    const isNamed = label.replaceAll("`", "") === path;
    return existsSync(join(folder, path)) && !isNamed ? `${label} (\`${path}\`)` : label;
  };
  const parts = text.split(/(^```[\s\S]*?^```$)/m);
  const withoutLinks = (part: string) => part.replace(/(!?)\[([^\]]+)\]\((?!https?:|#)([^)]+)\)/g, asText);
  return parts.map((part) => (part.startsWith("```") ? part : withoutLinks(part))).join("");
}

if (require.main === module) {
  const folder = resolve(process.argv[2] ?? join(ROOT, "package"));
  makePackage(folder);
  console.log(folder);
}
