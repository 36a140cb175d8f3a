import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { makePackage } from "../../../tools/makePackage";

const REPOSITORY = resolve(__dirname, "../../..");
const NAME = "pulumi-tencentcloud-live";

/** The package as it is published, in a `node_modules` of its own, as an installation leaves it. */
export interface PackedPackage {
  folder: string;
  nodeModules: string;
  /** The files of the package. */
  files: string[];
}

export function packAndInstall(): PackedPackage {
  const folder = mkdtempSync(join(tmpdir(), "tencentcloud-live-packed-"));
  const nodeModules = join(folder, "node_modules");
  const own = join(nodeModules, NAME);
  mkdirSync(nodeModules);
  makePackage(own);
  const entries = readdirSync(own, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const files = entries.map(({ parentPath, name }) => relative(own, join(parentPath, name)).replaceAll("\\", "/"));
  linkDependencies(nodeModules);
  return { folder, nodeModules, files };
}

/** What the receiver depends on. */
const RECEIVER_DEPENDENCIES = ["@noble/hashes"];

/**
 * Installs the package into a `node_modules` with what its receiver depends on. Copied, not linked: a link would find
 * the packages that are installed beside the original.
 */
export function installReceiver(packed: PackedPackage, nodeModules: string): void {
  for (const name of [NAME, ...RECEIVER_DEPENDENCIES])
    cpSync(realpathSync(join(packed.nodeModules, name)), join(nodeModules, name), { recursive: true });
}

/** Makes a folder with the package and what its receiver depends on, and no other package. */
export function receiverAlone(packed: PackedPackage): string {
  const folder = mkdtempSync(join(tmpdir(), "tencentcloud-live-receiver-"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, dependencies: { [NAME]: "*" } }));
  installReceiver(packed, join(folder, "node_modules"));
  return folder;
}

/** The dependencies come from this repository: the tests need no network. */
function linkDependencies(nodeModules: string): void {
  const installed = join(REPOSITORY, "node_modules");
  for (const name of readdirSync(installed)) {
    if (name !== NAME) symlinkSync(join(installed, name), join(nodeModules, name), "junction");
  }
}
