import { installOutside } from "../../../tools/installOutside";

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
