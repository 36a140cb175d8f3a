import { LiveError, mayHaveExecuted } from "../../../provider/api/errors";
import { clientOf } from "./apiServer";

/**
 * Makes one call to the endpoint in the argument, with the environment of the process, and prints the
 * outcome.
 */
async function main(endpoint: string): Promise<string> {
  try {
    const { Rules } = await clientOf(new URL(endpoint)).send("DescribeLiveCallbackRules", {});
    return `${Rules.length} rules`;
  } catch (error) {
    if (!(error instanceof LiveError)) return String(error);
    return `${error.code}: ${error.message}, ${mayHaveExecuted(error) ? "outcome unknown" : "not executed"}`;
  }
}

main(process.argv[2] ?? "").then((outcome) => process.stdout.write(outcome));
