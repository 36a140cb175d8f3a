import { EXIT, type Tool } from "./command";
import { lifecycleSteps, type Step } from "./lifecycleSteps";
import { runAsProcess } from "./process";
import { Stopped } from "./wire";

/** Runs the operations of the provider's resources in a real account. */
export const conformance: Tool = {
  name: "conformance",
  description:
    "Creates, reads, updates, clears, binds, moves, unbinds and deletes a few templates and bindings with this " +
    "provider. Prints the result of each step to stdout, and everything else to stderr.",
  exitCodes: "0 all steps passed; 1 a step or the run failed; 2 usage error.",
  plan: ({ domain }) => [
    `check that ${domain} is an enabled push domain without callback rules`,
    "create two templates, change them and read them back",
    `bind an app of ${domain} and the whole domain, and move the binding`,
    "delete everything that it created",
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

/** Runs a step. Returns the reason if it failed. The following steps run in any case. */
async function attempt({ run }: Step): Promise<string | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return (error as Error).message.replace(/\s*\n\s*/g, " ");
  }
}

if (require.main === module) void runAsProcess(conformance);
