import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";

/** The official npm installer package: its entry script and the CLI version it installs. */
export interface Installer {
  script: string;
  version: string;
}

/** Everything the search depends on, so that a test can replace it without touching this process. */
export interface Context {
  env: NodeJS.ProcessEnv;
  /** Receives progress and failures, one line each. */
  log: (line: string) => void;
  /** Where a CLI that was made here is kept, one folder per version. */
  cacheFolder: string;
  installer: Installer | undefined;
  /** The installer is given up after this long without output and without a growing file. */
  installerIdleMs: number;
}

/** A CLI that can be run: its absolute path, and what to add to the environment. */
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

/** The context of a real run: this process's environment, standard error, the user's cache. */
export function defaultContext(): Context {
  return {
    env: process.env,
    log: (line) => process.stderr.write(`${line}\n`),
    cacheFolder: join(cacheRoot(), "pulumi-tencentcloud-live"),
    installer: installedInstaller(),
    installerIdleMs: 30_000,
  };
}
