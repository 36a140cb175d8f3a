import type { Context } from "./context";

/** The lowest version of the CLI that keeps the inputs which a dynamic provider returns from `read`. */
export const MINIMUM_VERSION = "3.216.0";

/** Finds `major.minor.patch` in the output of `pulumi version`. Returns `undefined` if there is none. */
export function parseVersion(text: string): string | undefined {
  return /^v?(\d+\.\d+\.\d+)/m.exec(text)?.[1];
}

/** Returns whether `version` is `minimum` or newer, compared number by number. */
export function isAtLeast(version: string, minimum: string): boolean {
  const wanted = minimum.split(".").map(Number);
  const given = version.split(".").map(Number);
  for (const [index, least] of wanted.entries()) {
    const number = given[index] ?? 0;
    if (number !== least) return number > least;
  }
  return true;
}

/**
 * Returns the version in PULUMI_VERSION, which the official npm installer also reads, or `undefined` if any
 * is fine.
 */
export function wantedVersion({ env }: Pick<Context, "env">): string | undefined {
  return env["PULUMI_VERSION"]?.replace(/^v/, "") || undefined;
}
