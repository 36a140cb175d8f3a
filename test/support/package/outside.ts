import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { defaultContext } from "../../../tools/pulumi-cli/context";

/** Packages that only single tests need are kept here, where neither npm nor the editor of a contributor sees them. */
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
  // Moved when it is complete: a test that was killed leaves nothing that looks installed.
  const scratch = mkdtempSync(join(CACHE, "installing-"));
  writeFileSync(join(scratch, "package.json"), '{ "private": true }\n');
  const args = ["install", "--no-audit", "--no-fund", "--no-package-lock", "--prefer-offline", ...packages];
  await promisify(execFile)("npm", args, { cwd: scratch });
  try {
    renameSync(scratch, folder);
  } catch (error) {
    rmSync(scratch, { recursive: true });
    // Another test was faster.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/**
 * Installs packages before the first test of the suite. Where they cannot be had, the suite is skipped and
 * says so; with the environment variable `CI` it fails.
 *
 * @returns what gives the folder, within tests and hooks
 */
export function outsidePerSuite(...packages: string[]): () => string {
  let folder: string | undefined;
  before(`installs ${packages.join(", ")}`, async function () {
    this.timeout(300_000);
    try {
      folder = await installOutside(...packages);
    } catch (error) {
      if (process.env["CI"]) throw error;
      console.log(
        `    skipped, ${packages.join(", ")} cannot be installed: ${(error as Error).message.split("\n")[0]}`,
      );
      this.skip();
    }
  });
  return () => {
    if (folder === undefined) throw new Error("the packages are installed before the tests");
    return folder;
  };
}

/** Returns whether npm failed for want of a network. With the environment variable `CI` that is a failure as any other. */
export const isOffline = (message: string): boolean =>
  !process.env["CI"] && /ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT/.test(message);
