import { type CommandSpec, type OptionValues, parseCommandLine, UsageError } from "../cli/commandLine";

/** Runs a benchmark with the options of its command line. Sets the exit code: 1 failure, 2 usage error. */
export async function runBenchmark<const S extends CommandSpec>(
  spec: S,
  measure: (values: OptionValues<S>) => Promise<void>,
): Promise<void> {
  try {
    const parsed = parseCommandLine(spec, process.argv.slice(2));
    if (typeof parsed === "string") console.log(parsed);
    else await measure(parsed.values);
  } catch (error) {
    const isUsage = error instanceof UsageError;
    console.error(isUsage ? `${error.message}. See --help.` : error instanceof Error ? error.stack : error);
    process.exitCode = isUsage ? 2 : 1;
  }
}
