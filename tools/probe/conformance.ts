import { EXIT, type Tool } from "./command";
import { lifecycleSteps, type Step } from "./lifecycleSteps";
import { runAsProcess } from "./process";
import { Stopped } from "./wire";

/** Takes the provider's resources through their lives in a real account. */
export const conformance: Tool = {
  name: "conformance",
  description:
    "Takes a few templates and bindings through their lives with this provider: create, read, update, clear, bind, " +
    "move, unbind, delete. What came of each step is printed on stdout, everything else on stderr.",
  exitCodes: "0 all steps pass, 1 some fail or the run did, 2 usage.",
  plan: ({ domain }) => [
    `look whether ${domain} is an enabled push domain without callback rules`,
    "make two templates, change them and read them back",
    `bind an app of ${domain} and the whole of it, and move the binding`,
    "delete everything that it made",
  ],

  async work(bench) {
    const results: string[] = [];
    for (const step of lifecycleSteps(bench)) {
      if (bench.signal.aborted) throw new Stopped("interrupted");
      const failure = await attempt(step);
      results.push(failure === undefined ? `pass  ${step.title}` : `FAIL  ${step.title}: ${failure}`);
      bench.print(results.at(-1) ?? "");
    }
    const failed = results.some((line) => line.startsWith("FAIL"));
    return {
      exitCode: failed ? EXIT.failure : EXIT.done,
      conclude: () => bench.output(results.join("\n")),
    };
  },
};

/** Runs a step; why it failed, if it did. The steps after it are tried all the same. */
async function attempt({ run }: Step): Promise<string | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return (error as Error).message.replace(/\s*\n\s*/g, " ");
  }
}

if (require.main === module) void runAsProcess(conformance);
