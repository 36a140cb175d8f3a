import { realpathSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import type { Context, PulumiCommand } from "./context";
import { pathStartingWith, programsOnPath, reportedVersion } from "./executables";
import { isAtLeast, MINIMUM_VERSION, wantedVersion } from "./version";

// npm puts the installer package `pulumi` on PATH under the name of the CLI. Running it downloads a CLI.
function isNpmInstaller(file: string): boolean {
  const inBin = dirname(file).endsWith(join("node_modules", ".bin"));
  return inBin || realpathSync(file).includes(join(sep, "node_modules", "pulumi", sep));
}

async function whyUnusable(command: string, context: Context): Promise<string | undefined> {
  try {
    const version = await reportedVersion(command, context.env);
    const wanted = wantedVersion(context) ?? version;
    if (version !== wanted) return `version ${version} is not ${wanted}, which PULUMI_VERSION requires`;
    return isAtLeast(version, MINIMUM_VERSION) ? undefined : `version ${version} is older than ${MINIMUM_VERSION}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Returns the first `pulumi` on PATH that is new enough and has the version that PULUMI_VERSION requires.
 * Logs each one that it skips. Rejects with the reasons if there is none.
 */
export async function pulumiOnPath(context: Context): Promise<PulumiCommand> {
  const reasons: string[] = [];
  for (const command of programsOnPath("pulumi", context.env)) {
    if (isNpmInstaller(command)) continue;
    const reason = await whyUnusable(command, context);
    // After a skipped CLI on PATH, this CLI would start the language hosts of the skipped one.
    if (reason === undefined) {
      return { command, env: reasons.length > 0 ? { PATH: pathStartingWith(dirname(command), context.env) } : {} };
    }
    context.log(`pulumi: not using ${command}: ${reason}`);
    reasons.push(`${command}: ${reason}`);
  }
  throw new Error(reasons.join("; ") || "there is none");
}
