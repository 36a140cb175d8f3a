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

// What is there already comes before what needs the network and time.
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
      `No Pulumi CLI (${MINIMUM_VERSION} or newer) was found and none could be made. Tried:`,
      ...tried,
      "Install it as https://www.pulumi.com/docs/install/ says, so that pulumi is on PATH, and run this again.",
    ].join("\n"),
  );
}

/** Tries every way in turn. Rejects, naming all of them and why each failed, if none works. */
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
 * The Pulumi CLI to use on this machine, installed or built first if need be (progress on standard error).
 * `command` is an absolute path; run it with `env` added to the environment. Searched for once per process.
 */
export function findPulumi(): Promise<PulumiCommand> {
  found ??= locatePulumi(defaultContext());
  return found;
}
