import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findPulumi } from "../../../tools/findPulumi";

/** The commands of the Pulumi CLI, such as `config set`, each with its long options. */
export type PulumiCommands = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads the commands of the real CLI from its generated documents. */
export async function pulumiCommands(): Promise<PulumiCommands> {
  const { command, env } = await findPulumi();
  const folder = mkdtempSync(join(tmpdir(), "tencentcloud-live-pulumi-"));
  try {
    await promisify(execFile)(command, ["gen-markdown", folder], { env: { ...process.env, ...env } });
    return new Map(
      readdirSync(folder).map((file) => [commandOf(file), optionsIn(readFileSync(join(folder, file), "utf8"))]),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** `pulumi_config_set.md` is about `config set`. */
const commandOf = (file: string): string =>
  file
    .replace(/^pulumi_?/, "")
    .replace(/\.md$/, "")
    .replaceAll("_", " ");

const optionsIn = (text: string): Set<string> =>
  new Set([...text.matchAll(/^ +(?:-\w, )?(--[\w-]+)/gm)].map(([, option = ""]) => option));
