import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { makePackage } from "../../../tools/makePackage";

const REPOSITORY = resolve(__dirname, "../../..");
const NAME = "pulumi-tencentcloud-live";

/** The published package in a separate `node_modules`, as after an installation. */
export interface PackedPackage {
  folder: string;
  nodeModules: string;
  /** The files of the package. */
  files: string[];
}

let made: string | undefined;

/** Returns the folder of the published package, which is made once per process and must not be changed. */
export function publishedPackage(): string {
  if (made === undefined) {
    const folder = mkdtempSync(join(tmpdir(), "tencentcloud-live-published-"));
    process.once("exit", () => rmSync(folder, { recursive: true }));
    made = join(folder, "package");
    // As after a start of the plugin with a recent Node. The package must not contain it.
    mkdirSync(join(REPOSITORY, "plugin/cache"), { recursive: true });
    writeFileSync(join(REPOSITORY, "plugin/cache/kept"), "");
    makePackage(made);
  }
  return made;
}

export function packAndInstall(): PackedPackage {
  const folder = mkdtempSync(join(tmpdir(), "tencentcloud-live-packed-"));
  const nodeModules = join(folder, "node_modules");
  const own = join(nodeModules, NAME);
  cpSync(publishedPackage(), own, { recursive: true });
  const entries = readdirSync(own, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = entries.map(({ parentPath, name }) => relative(own, join(parentPath, name)).replaceAll("\\", "/"));
  linkDependencies(nodeModules);
  return { folder, nodeModules, files };
}

/** The dependencies of the receiver. */
const RECEIVER_DEPENDENCIES = ["@noble/hashes"];

/**
 * Creates a folder with only the package and the dependencies of its receiver. Copies instead of links,
 * because a link would find the packages beside the original.
 */
export function receiverAlone(packed: PackedPackage): string {
  const folder = mkdtempSync(join(tmpdir(), "tencentcloud-live-receiver-"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, dependencies: { [NAME]: "*" } }));
  for (const name of [NAME, ...RECEIVER_DEPENDENCIES])
    cpSync(realpathSync(join(packed.nodeModules, name)), join(folder, "node_modules", name), { recursive: true });
  return folder;
}

/** The dependencies come from this repository, so the tests require no network. */
function linkDependencies(nodeModules: string): void {
  const installed = join(REPOSITORY, "node_modules");
  for (const name of readdirSync(installed)) {
    if (name !== NAME) symlinkSync(join(installed, name), join(nodeModules, name), "junction");
  }
}
