import { execFile } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { parseVersion } from "./version";

const SUFFIX = process.platform === "win32" ? ".exe" : "";
const VERSION_TIMEOUT_MS = 20_000;

/** Returns the file name of a program on this platform. */
export function programName(name: string): string {
  return name + SUFFIX;
}

/** Returns whether the file exists, is not empty and may be executed. */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    const stats = statSync(file);
    return stats.isFile() && stats.size > 0;
  } catch {
    return false;
  }
}

/** Returns all programs of a name on the PATH of `env`, in its order. Ignores relative entries. */
export function programsOnPath(name: string, env: NodeJS.ProcessEnv): string[] {
  const folders = (env["PATH"] ?? "").split(delimiter).filter(isAbsolute);
  return [...new Set(folders)].map((folder) => join(folder, programName(name))).filter(isExecutable);
}

/** Returns the PATH of `env` with a folder in front. */
export function pathStartingWith(folder: string, env: NodeJS.ProcessEnv): string {
  return [folder, env["PATH"]].filter(Boolean).join(delimiter);
}

/** Returns the version that a `pulumi` executable reports. Rejects if it cannot be run or reports none. */
export function reportedVersion(command: string, env: NodeJS.ProcessEnv): Promise<string> {
  const options = { env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" }, timeout: VERSION_TIMEOUT_MS };
  return new Promise((resolve, reject) => {
    const child = execFile(command, ["version"], options, (error, stdout) => {
      const version = parseVersion(stdout);
      if (error) reject(new Error(`"pulumi version" failed: ${error.message.trim()}`));
      else if (version) resolve(version);
      else reject(new Error(`"pulumi version" printed no version`));
    });
    child.stdin?.end();
  });
}
