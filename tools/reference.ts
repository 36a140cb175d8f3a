// Generates the reference with `npm run reference`: the package's entry points from their doc comments, as
// HTML in `reference/`, and the native provider from its schema, as Markdown in `reference/native/`. Fails if
// an export has no doc comment.

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { CALLBACK_EVENT_NAMES } from "../provider/api/contract/events";
import { installOutside } from "./installOutside";
import { packageSchema } from "./schema";
import { schemaPages } from "./schema/pages";

const ROOT = resolve(__dirname, "..");
/** The generator, with the compiler version of this repository. */
const PACKAGES = ["typedoc@0.28", "typescript@5.9"];

const RECEIVER = "pulumi-tencentcloud-live/receiver";
const handlerOf = (event: string) => `on${event.charAt(0).toUpperCase()}${event.slice(1)}`;

/** Members that have no declaration and therefore cannot have a comment. */
const UNDOCUMENTED = [
  ...CALLBACK_EVENT_NAMES.map((event) => `${RECEIVER}.CallbackHandlerOptions.${handlerOf(event)}`),
  ...CALLBACK_EVENT_NAMES.map((event) => `${RECEIVER}.CALLBACK_EVENT_TYPES.__type.${event}`),
  `${RECEIVER}.EventOf.__type.type`,
  "pulumi-tencentcloud-live/emulator.EmulatorOptions.faults.__type.kind",
];

async function main(): Promise<void> {
  const folder = await installOutside(...PACKAGES);
  const typedoc = join(folder, "node_modules/typedoc/bin/typedoc");
  const exceptions = UNDOCUMENTED.flatMap((name) => ["--intentionallyNotDocumented", name]);
  const { status } = spawnSync(process.execPath, [typedoc, ...exceptions, ...process.argv.slice(2)], {
    cwd: ROOT,
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
  // TypeDoc empties the folder first.
  writePages(join(ROOT, "reference/native"));
}

function writePages(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(schemaPages(packageSchema()))) writeFileSync(join(folder, file), text);
}

void main();
