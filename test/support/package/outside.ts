import { installOutside } from "../../../tools/installOutside";

/**
 * Installs packages before the first test of the suite. If this fails, the suite is skipped with a message.
 * With the environment variable `CI` it fails.
 *
 * @returns a function that returns the folder, within tests and hooks
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
    if (folder === undefined)
      throw new Error("the packages are not installed yet: use the folder within a test or a hook");
    return folder;
  };
}

/**
 * Returns whether npm failed because there is no network. With the environment variable `CI` this is a
 * failure.
 */
export const isOffline = (message: string): boolean =>
  !process.env["CI"] && /ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT/.test(message);
