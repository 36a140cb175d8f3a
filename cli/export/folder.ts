import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** The files of a project, by name. */
export type Files = Readonly<Record<string, string>>;

const exists = (folder: string): Error =>
  new Error(`${folder} exists and is never overwritten: choose another folder with --out, or compare it with --diff`);

/** @throws Error if a folder or a file of this name exists */
export function refuseExisting(folder: string): void {
  if (existsSync(folder)) throw exists(folder);
}

/** Creates a folder with files. @throws Error if the folder exists */
export async function writeFolder(folder: string, files: Files): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  // This also fails if the folder was created after the first check.
  await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
    throw error.code === "EEXIST" ? exists(folder) : error;
  });
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content, { flag: "wx" });
}
