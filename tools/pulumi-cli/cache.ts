import { existsSync, rmSync } from "node:fs";
import { mkdtemp, rename } from "node:fs/promises";
import { join } from "node:path";
import { withCleanup } from "./cleanup";
import type { Context } from "./context";
import { withLock } from "./lock";

const REPORT_EVERY_MS = 30_000;

/** What is made: the folder's name in the cache, how it is made (for the user), and the work itself. */
export interface Recipe {
  folderName: string;
  doing: string;
  /** Fills the empty folder it is given. That folder is moved into the cache only if this succeeds. */
  fill: (folder: string) => Promise<void>;
}

function seconds(since: number): string {
  return `${Math.round((Date.now() - since) / 1000)} s`;
}

async function reported(doing: string, context: Context, work: () => Promise<void>): Promise<void> {
  const start = Date.now();
  context.log(`pulumi: ${doing}`);
  const timer = setInterval(() => context.log(`pulumi: still at it after ${seconds(start)}`), REPORT_EVERY_MS);
  try {
    await work();
    context.log(`pulumi: done in ${seconds(start)}, kept in ${context.cacheFolder}`);
  } catch (error) {
    context.log(`pulumi: failed after ${seconds(start)}: ${error instanceof Error ? error.message : error}`);
    throw error;
  } finally {
    clearInterval(timer);
  }
}

async function moveIntoPlace(folder: string, target: string): Promise<void> {
  try {
    await rename(folder, target);
  } catch (error) {
    // Another process was quicker: what it made is as good.
    if (!existsSync(target)) throw error;
  }
}

/** Makes a folder of the cache unless it is there, once even if several processes ask, and never half. Returns its path. */
export async function makeOnce(recipe: Recipe, context: Context): Promise<string> {
  const target = join(context.cacheFolder, recipe.folderName);
  const onWait = () => context.log("pulumi: another process is preparing the CLI, waiting for it");
  await withLock(`${target}.lock`, onWait, async () => {
    if (existsSync(target)) return;
    const folder = await mkdtemp(`${target}.new-`);
    await withCleanup(
      () => rmSync(folder, { recursive: true, force: true }),
      () =>
        reported(recipe.doing, context, async () => {
          await recipe.fill(folder);
          await moveIntoPlace(folder, target);
        }),
    );
  });
  return target;
}
