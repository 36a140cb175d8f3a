import { execFileSync } from "node:child_process";
import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { exact, type Row } from "./measure";

const REPOSITORY = resolve(__dirname, "..");

function bytesOf(folder: string): number {
  return readdirSync(folder).reduce((total, name) => {
    const path = join(folder, name);
    const status = lstatSync(path);
    return total + (status.isDirectory() ? bytesOf(path) : status.isFile() ? status.size : 0);
  }, 0);
}

interface Tree {
  path?: string;
  dependencies?: Record<string, Tree>;
}

/** Returns the folders of all packages in a dependency tree. */
function folders(tree: Tree): string[] {
  return [...(tree.path ? [tree.path] : []), ...Object.values(tree.dependencies ?? {}).flatMap(folders)];
}

/**
 * Compares the installed size of the package and its dependencies, without `@pulumi/pulumi`, with the
 * dependencies.
 */
export function sizeRows(): Row[] {
  const { dependencies } = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  const args = ["ls", "--all", "--json", "--long", "--omit=dev", "--omit=peer", ...Object.keys(dependencies)];
  const tree = JSON.parse(execFileSync("npm", args, { cwd: REPOSITORY, encoding: "utf8", maxBuffer: 1 << 26 })) as Tree;
  const needed = Object.entries(tree.dependencies ?? {}).filter(([name]) => name in dependencies);
  const paths = new Set(needed.flatMap(([, one]) => folders(one)));
  const theirs = [...paths].reduce((total, path) => total + bytesOf(path), 0);
  const ours = bytesOf(join(REPOSITORY, "dist"));
  return [exact(`installed size ÷ its ${paths.size} dependencies alone`, "kB", (ours + theirs) / 1000, theirs / 1000)];
}
