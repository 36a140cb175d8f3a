import { realpathSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import type { Context, PulumiCommand } from "./context";
import { pathStartingWith, programsOnPath, reportedVersion } from "./executables";
import { isAtLeast, MINIMUM_VERSION, wantedVersion } from "./version";

// npm puts its installer package `pulumi` on PATH, under the CLI's own name. Asking that for its version downloads a CLI.
function isNpmInstaller(file: string): boolean {
  const inBin = dirname(file).endsWith(join("node_modules", ".bin"));
  return inBin || realpathSync(file).includes(join(sep, "node_modules", "pulumi", sep));
}

async function whyUnusable(command: string, context: Context): Promise<string | undefined> {
  try {
    const version = await reportedVersion(command, context.env);
    const wanted = wantedVersion(context) ?? version;
    if (version !== wanted) return `version ${version} is not ${wanted}, which PULUMI_VERSION asks for`;
    return isAtLeast(version, MINIMUM_VERSION) ? undefined : `version ${version} is older than ${MINIMUM_VERSION}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Returns the first `pulumi` on PATH that is new enough, and of the version that PULUMI_VERSION asks for. Rejects with
 * the reason, and logs each one it passes over.
 */
export async function pulumiOnPath(context: Context): Promise<PulumiCommand> {
  const reasons: string[] = [];
  for (const command of programsOnPath("pulumi", context.env)) {
    if (isNpmInstaller(command)) continue;
    const reason = await whyUnusable(command, context);
    // Behind one that was passed over, the CLI would start that one's language hosts.
    if (reason === undefined) {
      return { command, env: reasons.length > 0 ? { PATH: pathStartingWith(dirname(command), context.env) } : {} };
    }
    context.log(`pulumi: not using ${command}: ${reason}`);
    reasons.push(`${command}: ${reason}`);
  }
  throw new Error(reasons.join("; ") || "there is none");
}
