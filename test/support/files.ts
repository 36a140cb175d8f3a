import { readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * Lists the files in a folder and its subfolders, as paths that begin with the folder. Does not follow links,
 * because the `node_modules` of a scratch project links to this repository.
 */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(path);
    return entry.isFile() ? [path] : [];
  });
}
