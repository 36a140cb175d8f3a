import { existsSync, rmSync } from "node:fs";
import { mkdtemp, rename } from "node:fs/promises";
import { join } from "node:path";
import { withCleanup } from "./cleanup";
import type { Context } from "./context";
import { withLock } from "./lock";

const REPORT_EVERY_MS = 30_000;

/** How to create a folder of the cache. */
export interface Recipe {
  folderName: string;
  /** A description of the work, for the user. */
  doing: string;
  /** Fills an empty folder, which is moved to the cache only if this succeeds. */
  fill: (folder: string) => Promise<void>;
}

function seconds(since: number): string {
  return `${Math.round((Date.now() - since) / 1000)} s`;
}

async function reported(doing: string, context: Context, work: () => Promise<void>): Promise<void> {
  const start = Date.now();
  context.log(`pulumi: ${doing}`);
  const timer = setInterval(() => context.log(`pulumi: still running after ${seconds(start)}`), REPORT_EVERY_MS);
  try {
    await work();
    context.log(`pulumi: done in ${seconds(start)}, cached in ${context.cacheFolder}`);
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
    // Another process has created the same folder first.
    if (!existsSync(target)) throw error;
  }
}

/**
 * Creates a folder of the cache if it does not exist, once among concurrent processes and only completely.
 * Returns its path.
 */
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
