import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PackedPackage } from "./packed";

const NAME = "pulumi-tencentcloud-live";

/** A program in a folder of its own that runs. */
export interface Service {
  /** The folder of the installed package. */
  package: string;
  /** Waits until it has printed what matches, and returns what is in the parentheses. */
  printed(pattern: RegExp): Promise<string>;
  stop(): void;
}

/**
 * Runs an ES module with the packed package, and no other. It may call `ready` when it listens, which prints the
 * port.
 */
export function serviceOf(packed: PackedPackage, program: string): Service {
  const folder = mkdtempSync(join(packed.folder, "service-"));
  const modules = join(folder, "node_modules");
  mkdirSync(modules);
  // Copied, not linked: a link would find the packages that are installed beside the original.
  cpSync(join(packed.nodeModules, NAME), join(modules, NAME), { recursive: true });
  const ready = 'function ready() { console.log("port " + this.address().port); }';
  writeFileSync(join(folder, "service.mjs"), `${program}\n${ready}\n`);
  const env = { PATH: process.env["PATH"], CALLBACK_KEY: "ReadmeKey1" };
  const child = spawn(process.execPath, ["service.mjs"], { cwd: folder, env });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const ended = once(child, "close");
  return {
    package: join(modules, NAME),
    async printed(pattern) {
      for (;;) {
        const found = pattern.exec(output)?.[1];
        if (found !== undefined) return found;
        if (child.exitCode !== null) throw new Error(`it ended: ${output}`);
        await Promise.race([once(child.stdout, "data"), ended]);
      }
    },
    stop: () => child.kill("SIGKILL"),
  };
}
