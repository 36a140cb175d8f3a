import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { actions } from "../../provider/api/contract/live";
import { ApiError } from "../apiError";
import { Store, type StoreData } from "./store";

const storeData = z.strictObject({
  nextTemplateId: z.int().positive(),
  templates: z.array(actions.CreateLiveCallbackTemplate.request.extend({ TemplateId: z.int().positive() })),
  rules: z.array(
    z.strictObject({
      DomainName: z.string(),
      AppName: z.string(),
      TemplateId: z.int().positive(),
      CreateTime: z.iso.datetime(),
      UpdateTime: z.iso.datetime(),
    }),
  ),
});

/** A store, and the function that unlocks its file. */
export interface OpenStore {
  store: Store;
  release: () => void;
}

/**
 * Opens the store in a file, and saves every change there. Without a file, the store is in memory only.
 *
 * @throws Error if the file is not a data file, or another emulator uses it.
 */
export function openStore(file: string | undefined): OpenStore {
  if (file === undefined) return { store: new Store(), release: () => {} };
  const release = lock(file);
  try {
    const store = new Store(existsSync(file) ? readData(file) : undefined, () => writeData(file, store.data()));
    writeData(file, store.data());
    return { store, release };
  } catch (error) {
    release();
    throw error;
  }
}

/** The content of a lock: the process that holds it, and the locked file. */
const lockData = z.strictObject({ processId: z.int().positive(), file: z.string() });

/**
 * Locks a file: two emulators would overwrite each other's changes. The lock of a process that has ended is
 * taken over, and so is a lock that was copied together with its file.
 */
function lock(file: string): () => void {
  const path = `${file}.lock`;
  const holder = readLock(path);
  if (holder?.file === resolve(file) && isRunning(holder.processId)) {
    throw new Error(
      `${file} is used by another emulator (process ${holder.processId}): stop it, or use another file; ` +
        `if that process is not an emulator, delete ${path}`,
    );
  }
  rmSync(path, { force: true });
  // If two emulators lock a file at the same time, the second one fails.
  writeFileSync(path, JSON.stringify({ processId: process.pid, file: resolve(file) }), { flag: "wx" });
  return () => rmSync(path, { force: true });
}

/** Reads a lock. Returns `undefined` if there is none or if it is incomplete. */
function readLock(path: string): z.output<typeof lockData> | undefined {
  try {
    return lockData.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return undefined;
  }
}

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function readData(file: string): StoreData {
  try {
    return storeData.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (cause) {
    throw new Error(`${file} is not a data file of this emulator: use another file or delete it`, { cause });
  }
}

/**
 * Writes a temporary file and renames it, so that a killed emulator leaves no incomplete file. Only the owner
 * can read the file, because it contains callback keys.
 *
 * @throws ApiError `InternalError`, for example on a full disk: the call had no effect.
 */
function writeData(file: string, data: StoreData): void {
  const aside = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(aside, JSON.stringify(data), { mode: 0o600 });
    renameSync(aside, file);
  } catch (error) {
    rmSync(aside, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    throw new ApiError("InternalError", `The emulator cannot write ${file} (${code}): nothing was changed.`);
  }
}
