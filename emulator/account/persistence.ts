import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { actions } from "../../provider/api/contract/live";
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

/** The store that a file holds, kept in it from now on; without a file, one in memory. */
export function openStore(file: string | undefined): Store {
  if (file === undefined) return new Store();
  const store = new Store(existsSync(file) ? readData(file) : undefined, () => writeData(file, store.data()));
  writeData(file, store.data());
  return store;
}

function readData(file: string): StoreData {
  try {
    return storeData.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (cause) {
    throw new Error(`${file} is not a data file of this emulator: give another file or delete it`, { cause });
  }
}

/** Written aside and renamed, so that a reader, or a killed emulator, never leaves half a file. It holds callback keys. */
function writeData(file: string, data: StoreData): void {
  const aside = `${file}.${process.pid}.tmp`;
  writeFileSync(aside, JSON.stringify(data), { mode: 0o600 });
  renameSync(aside, file);
}
