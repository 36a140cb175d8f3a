import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const REPOSITORY = resolve(__dirname, "../../..");
const NAME = "pulumi-tencentcloud-live";

/** The package as `npm pack` makes it, unpacked into a `node_modules` of its own, as an installation leaves it. */
export interface PackedPackage {
  folder: string;
  nodeModules: string;
  /** The files of the package. */
  files: string[];
}

export function packAndInstall(): PackedPackage {
  const folder = mkdtempSync(join(tmpdir(), "tencentcloud-live-packed-"));
  const arguments_ = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const packed = JSON.parse(
    execFileSync("npm", arguments_, { cwd: REPOSITORY, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
  );
  const [{ filename, files }] = (Array.isArray(packed) ? packed : Object.values(packed)) as [
    { filename: string; files: { path: string }[] },
  ];
  const nodeModules = join(folder, "node_modules");
  mkdirSync(join(nodeModules, NAME), { recursive: true });
  execFileSync("tar", ["-xzf", join(folder, filename), "--strip-components=1", "-C", join(nodeModules, NAME)]);
  linkDependencies(nodeModules);
  return { folder, nodeModules, files: files.map(({ path }) => path) };
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
