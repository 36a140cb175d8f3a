import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { makePackage, REPOSITORY } from "./makePackage";

const ROOT = resolve(__dirname, "..");
const { name, version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

/** The inputs of a release. */
export interface Release {
  /** For example `v0.2.0`. */
  tag: string;
  changelog: string;
  /** The address of the repository. */
  repository: string;
}

/** Returns the notes of a release. @throws Error of one line if a precondition is not met */
export function checkRelease({ tag, changelog, repository }: Release): string {
  if (tag !== `v${version}`) throw new Error(`the tag is ${tag}, but package.json has the version ${version}`);
  if (repository === "") throw new Error("set REPOSITORY in tools/makePackage.ts: npm compares it with the origin");
  if (!existsSync(join(ROOT, "test/upgrades", version))) {
    throw new Error(`run npm run record-state: test/upgrades has no states of ${version}`);
  }
  const sections = changelog.split(/^## /m).slice(1);
  const titled = (title: string) => sections.find((section) => section.split(/\s/)[0] === title);
  if (titled("Unreleased")) throw new Error(`change the title "Unreleased" in CHANGELOG.md to ${version}`);
  const section = titled(version);
  if (section === undefined) throw new Error(`CHANGELOG.md has no section ${version}`);
  return `${section.slice(section.indexOf("\n")).trim()}\n`;
}

/** Writes the files of a release to a folder: the package, its bill of materials, and the plugin archives. */
export function makeRelease(folder: string, repository: string): void {
  // npm uses the name of the folder as the name of the package in the bill of materials.
  const packageFolder = join(folder, name);
  makePackage(packageFolder, repository);
  writeFileSync(join(folder, `${name}-${version}.cdx.json`), billOfMaterials(packageFolder));
  execFileSync(process.execPath, [join(ROOT, "tools/archivePlugin.js"), folder], { stdio: "ignore" });
}

/** Returns the bill of materials of an installation, in the CycloneDX format. */
function billOfMaterials(packageFolder: string): string {
  const npm = (...args: string[]) =>
    execFileSync("npm", args, { cwd: packageFolder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  npm("install", "--package-lock-only", "--omit=dev", "--omit=peer", "--ignore-scripts", "--prefer-offline");
  const bill = npm("sbom", "--package-lock-only", "--omit=dev", "--omit=peer", "--sbom-format=cyclonedx");
  rmSync(join(packageFolder, "package-lock.json"));
  return bill;
}

if (require.main === module) {
  try {
    const [tag = "", folder = join(ROOT, "release")] = process.argv.slice(2);
    const changelog = readFileSync(join(ROOT, "CHANGELOG.md"), "utf8");
    const notes = checkRelease({ tag, changelog, repository: REPOSITORY });
    makeRelease(resolve(folder), REPOSITORY);
    writeFileSync(join(resolve(folder), "notes.md"), notes);
    console.log(resolve(folder));
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
