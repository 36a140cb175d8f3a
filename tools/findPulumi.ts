import { type Context, defaultContext, type PulumiCommand } from "./pulumi-cli/context";
import { buildPulumi, builtPulumi } from "./pulumi-cli/goBuild";
import { installedPulumi, installPulumi } from "./pulumi-cli/installer";
import { pulumiOnPath } from "./pulumi-cli/onPath";
import { MINIMUM_VERSION } from "./pulumi-cli/version";

export type { PulumiCommand } from "./pulumi-cli/context";

interface Way {
  name: string;
  attempt: (context: Context) => Promise<PulumiCommand>;
}

// Existing CLIs come before those that need the network and time.
const WAYS: Way[] = [
  { name: "pulumi on PATH", attempt: pulumiOnPath },
  { name: "the official CLI installed earlier", attempt: installedPulumi },
  { name: "the CLI built earlier", attempt: builtPulumi },
  { name: "the official npm installer", attempt: installPulumi },
  { name: "a build from the Go module", attempt: buildPulumi },
];

function nothingWorked(reasons: string[]): Error {
  const tried = reasons.map((reason) => `  - ${reason.replaceAll("\n", "\n    ")}`);
  return new Error(
    [
      `No Pulumi CLI (${MINIMUM_VERSION} or newer) was found, and none could be installed or built. Tried:`,
      ...tried,
      "Install it so that pulumi is on PATH (https://www.pulumi.com/docs/install/), and run this again.",
    ].join("\n"),
  );
}

/** Tries the ways in turn. Rejects with the reason of each failure if none succeeds. */
export async function locatePulumi(context: Context): Promise<PulumiCommand> {
  const reasons: string[] = [];
  for (const { name, attempt } of WAYS) {
    try {
      const { command, env } = await attempt(context);
      return { command, env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" } };
    } catch (error) {
      reasons.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw nothingWorked(reasons);
}

let found: Promise<PulumiCommand> | undefined;

/**
 * Finds the Pulumi CLI once per process. Installs or builds it first if needed, with progress on standard
 * error. `command` is an absolute path. Run it with `env` added to the environment.
 */
export function findPulumi(): Promise<PulumiCommand> {
  found ??= locatePulumi(defaultContext());
  return found;
}
