import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { defaultContext } from "./pulumi-cli/context";

/** Packages that only single tests or tools need are kept here: `npm ci` stays light. */
const CACHE = join(defaultContext().cacheFolder, "test-packages");

/**
 * Installs packages outside the repository, once, and returns the folder with their `node_modules`.
 *
 * @param packages names with a range of versions, such as `"express@5"`
 */
export async function installOutside(...packages: string[]): Promise<string> {
  const folder = join(CACHE, packages.join("+").replace(/[^\w.+-]/g, "_"));
  if (existsSync(folder)) return folder;
  mkdirSync(CACHE, { recursive: true });
  // Moved when it is complete: a run that was killed leaves nothing that looks installed.
  const scratch = mkdtempSync(join(CACHE, "installing-"));
  writeFileSync(join(scratch, "package.json"), '{ "private": true }\n');
  const args = ["install", "--no-audit", "--no-fund", "--no-package-lock", "--prefer-offline", ...packages];
  await promisify(execFile)("npm", args, { cwd: scratch });
  try {
    renameSync(scratch, folder);
  } catch (error) {
    rmSync(scratch, { recursive: true });
    // Another run was faster.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
