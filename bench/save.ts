import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join, resolve } from "node:path";
import { version } from "../package.json";
import { findPulumi } from "../tools/findPulumi";
import { type Row, table } from "./measure";

const REPOSITORY = resolve(__dirname, "..");
const RESULTS = join(__dirname, "results");
const DOCUMENT = join(REPOSITORY, "docs", "performance.md");

/** The file with the rows of each table. The document has the table between comments of this name. */
const FILES = { measured: "latest.json", "measured native": "native.json" } as const;

/**
 * Writes rows to `bench/results/`, and their table to the document, with a description of the machine.
 *
 * @param node the measured version of Node
 */
export async function save(where: keyof typeof FILES, rows: readonly Row[], node = process.version): Promise<void> {
  const { command } = await findPulumi();
  const cli = execFileSync(command, ["version"], { encoding: "utf8" }).trim().replace(/^v/, "");
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: REPOSITORY, encoding: "utf8" }).trim();
  const date = new Date().toISOString().slice(0, 10);
  const machine = `${process.platform} ${process.arch}, ${cpus().length} cores, Node ${node}, Pulumi ${cli}`;
  const load = Number(loadavg()[1]?.toFixed(1));
  mkdirSync(RESULTS, { recursive: true });
  const result = { version, commit, date, machine, load, rows };
  writeFileSync(join(RESULTS, FILES[where]), `${JSON.stringify(result, null, 2)}\n`);
  const measured = `Version ${version}, ${date}, ${machine}:\n\n${table(rows)}`;
  const between = new RegExp(`(<!-- ${where} -->).*(?=<!-- /${where} -->)`, "s");
  writeFileSync(DOCUMENT, readFileSync(DOCUMENT, "utf8").replace(between, `$1\n\n${measured}\n\n`));
}
