import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { defaultContext } from "./pulumi-cli/context";

/** The folder for packages that only a few tests or tools need, so that `npm ci` stays small. */
const CACHE = join(defaultContext().cacheFolder, "test-packages");

/**
 * Installs packages outside the repository, once. Returns the folder with their `node_modules`.
 *
 * @param packages names with version ranges, such as `"express@5"`
 */
export async function installOutside(...packages: string[]): Promise<string> {
  const folder = join(CACHE, packages.join("+").replace(/[^\w.+-]/g, "_"));
  if (existsSync(folder)) return folder;
  mkdirSync(CACHE, { recursive: true });
  // The folder is moved when it is complete, so that an interrupted run leaves no partial installation.
  const scratch = mkdtempSync(join(CACHE, "installing-"));
  writeFileSync(join(scratch, "package.json"), '{ "private": true }\n');
  const args = ["install", "--no-audit", "--no-fund", "--no-package-lock", "--prefer-offline", ...packages];
  await promisify(execFile)("npm", args, { cwd: scratch });
  try {
    renameSync(scratch, folder);
  } catch (error) {
    rmSync(scratch, { recursive: true });
    // Another run has installed the packages first.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
