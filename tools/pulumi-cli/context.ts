import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";

/** The official npm installer package: its entry script, and the version of the CLI that it installs. */
export interface Installer {
  script: string;
  version: string;
}

/** Everything that the search depends on. Tests replace it without a change of the process. */
export interface Context {
  env: NodeJS.ProcessEnv;
  /** Receives progress and failures, one line each. */
  log: (line: string) => void;
  /** The folder for installed and built CLIs, one subfolder per version. */
  cacheFolder: string;
  installer: Installer | undefined;
  /** The installer is stopped after this time without output or a growing file. */
  installerIdleMs: number;
}

/** A usable CLI: its absolute path, and the variables to add to the environment. */
export interface PulumiCommand {
  command: string;
  env: Record<string, string>;
}

function installedInstaller(): Installer | undefined {
  try {
    const manifest = require.resolve("pulumi/package.json");
    const { version, bin } = require(manifest) as { version: string; bin: { pulumi: string } };
    return { script: join(dirname(manifest), bin.pulumi), version };
  } catch {
    return undefined;
  }
}

function cacheRoot(): string {
  const configured = process.env["XDG_CACHE_HOME"];
  return configured && isAbsolute(configured) ? configured : join(homedir(), ".cache");
}

/**
 * Returns the context of a real run: the environment and standard error of this process, and the user's
 * cache.
 */
export function defaultContext(): Context {
  return {
    env: process.env,
    log: (line) => process.stderr.write(`${line}\n`),
    cacheFolder: join(cacheRoot(), "pulumi-tencentcloud-live"),
    installer: installedInstaller(),
    installerIdleMs: 30_000,
  };
}
