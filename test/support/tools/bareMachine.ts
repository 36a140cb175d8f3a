import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Context } from "../../../tools/pulumi-cli/context";

/** The folder of the tools that find, install, build and run a CLI. */
export const TOOLS = resolve(__dirname, "../../../tools");

/** The version of the CLI that the official installer installs by default. */
export const INSTALLER_VERSION = "3.300.0";

/** A machine without a Pulumi CLI: a folder with everything that the search reads. */
export class BareMachine {
  readonly folder = mkdtempSync(join(tmpdir(), "tools-test-"));
  readonly logged: string[] = [];
  readonly #goRuns = join(this.folder, "go-runs");
  readonly context: Context = {
    env: { PATH: join(this.folder, "path"), HOME: join(this.folder, "home") },
    log: (line) => this.logged.push(line),
    cacheFolder: join(this.folder, "cache"),
    installer: undefined,
    installerIdleMs: 1000,
  };

  constructor() {
    mkdirSync(join(this.folder, "path"));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  fakePulumi(file: string, version: string): string {
    return executable(join(this.folder, file), `echo ${version}`);
  }

  useInstaller(body: string): void {
    const script = join(this.folder, "installer.js");
    writeFileSync(script, body);
    this.context.installer = { script, version: INSTALLER_VERSION };
  }

  useGo(versionBuilt: string): void {
    const body = `
    const { appendFileSync, writeFileSync, mkdirSync } = require("node:fs");
    const { dirname } = require("node:path");
    const args = process.argv.slice(2);
    appendFileSync(${JSON.stringify(this.#goRuns)}, JSON.stringify({ args, cgo: process.env.CGO_ENABLED }) + "\\n");
    if (args[0] !== "build") process.exit();
    const output = args[args.indexOf("-o") + 1];
    mkdirSync(dirname(output), { recursive: true });
    writeFileSync(output, "#!/bin/sh\\necho v${versionBuilt}\\n", { mode: 0o755 });`;
    executable(join(this.folder, "path", "go"), body, process.execPath);
  }

  /** The runs of Go so far, each with its arguments. */
  goRuns(): { args: string[]; cgo: string }[] {
    const lines = readFileSync(this.#goRuns, "utf8").trim().split("\n");
    return lines.map((line) => JSON.parse(line) as { args: string[]; cgo: string });
  }
}

/** Writes an executable, by default a shell script. */
export function executable(file: string, body: string, interpreter = "/bin/sh"): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!${interpreter}\n${body}\n`);
  chmodSync(file, 0o755);
  return file;
}

/** Returns the error message of a rejected promise. */
export async function rejection(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("it did not fail");
}
