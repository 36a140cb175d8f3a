import { readdirSync, statSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { makeOnce } from "./cache";
import type { Context, Installer, PulumiCommand } from "./context";
import { isExecutable, pathStartingWith, programName, reportedVersion } from "./executables";
import { wantedVersion } from "./version";
import { runWatched } from "./watchedProcess";

function installerOf(context: Context): Installer {
  if (!context.installer) throw new Error(`the package "pulumi" is not installed (npm ci)`);
  // The installer itself also reads this variable.
  return { ...context.installer, version: wantedVersion(context) ?? context.installer.version };
}

function folderName(version: string): string {
  return `pulumi-${version}-official`;
}

// The language hosts of the official CLI are beside it, but it looks for them on PATH.
function officialCommand(bin: string, context: Context): PulumiCommand | undefined {
  const command = join(bin, programName("pulumi"));
  return isExecutable(command) ? { command, env: { PATH: pathStartingWith(bin, context.env) } } : undefined;
}

function bytesIn(folder: string): number {
  try {
    const files = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
    return files.reduce((total, file) => total + statSync(join(file.parentPath, file.name)).size, 0);
  } catch {
    // A file was deleted during the walk, which also shows progress.
    return -1;
  }
}

async function install({ script, version }: Installer, folder: string, context: Context): Promise<void> {
  // A separate home, because an interrupted installation in the user's home would later look complete.
  const home = join(folder, "home");
  const temporary = join(folder, "tmp");
  await Promise.all([mkdir(home), mkdir(temporary)]);
  const env = { ...context.env, PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" };
  await runWatched({
    command: process.execPath,
    args: [script, "version"],
    env: { ...env, TMPDIR: temporary, TMP: temporary, TEMP: temporary },
    idleLimitMs: context.installerIdleMs,
    progress: () => bytesIn(folder),
  });
  const bin = join(folder, "bin");
  await rename(join(home, "versions", version, "bin"), bin);
  await reportedVersion(join(bin, programName("pulumi")), env);
}

/** Returns the CLI that the official npm installer has installed earlier, in the cache or for the user. */
export async function installedPulumi(context: Context): Promise<PulumiCommand> {
  const { version } = installerOf(context);
  const usersHome = context.env["PULUMI_HOME"] || join(context.env["HOME"] || homedir(), ".pulumi");
  const folders = [join(context.cacheFolder, folderName(version)), join(usersHome, "versions", version)];
  for (const folder of folders) {
    const found = officialCommand(join(folder, "bin"), context);
    if (found) return found;
  }
  throw new Error(`version ${version} is not installed`);
}

/** Runs the official npm installer. Rejects with the reason if it fails or makes no progress. */
export async function installPulumi(context: Context): Promise<PulumiCommand> {
  const installer = installerOf(context);
  const folder = await makeOnce(
    {
      folderName: folderName(installer.version),
      doing: `installing the Pulumi CLI ${installer.version} with the official npm installer, once (under a minute)`,
      fill: (empty) => install(installer, empty, context),
    },
    context,
  );
  const found = officialCommand(join(folder, "bin"), context);
  if (!found) throw new Error(`there is no usable CLI in ${folder}; remove that folder and run again`);
  return found;
}
