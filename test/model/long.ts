import { parseArgs } from "node:util";
import fc from "fast-check";
import { World as Sandbox } from "../crash/world";
import { onCli } from "./cliGround";
import { somethingOfEverything } from "./commands";
import { aliasing } from "./editCommands";
import { counts } from "./modelCommand";
import { histories, holds, onStandIn } from "./property";
import { useProvider } from "./urns";

const OPTIONS = { cli: { type: "boolean" }, native: { type: "boolean", default: false } } as const;

/** The time limit for shrinking, which also runs real deployments. */
const SHRINK_MS = 600_000;

/**
 * The long run: `npm run test:model -- [seconds] [seed] [longest history]` with the stand-in, `npm run
 * test:model:cli` with the same arguments with the real CLI, and with `--native` with the native provider.
 * Prints the numbers of steps and the seed. For a failure, prints the shortest history found, and the path
 * that repeats it.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  const [seconds = "300", seed = String(Date.now() % 1_000_000), longest = "40"] = positionals;
  console.log(`seed ${seed}, histories of up to ${longest} steps, for ${seconds} s`);
  const progress = setInterval(() => console.log(summary()), 30_000);
  if (values.native && !values.cli) throw new Error("--native is for the real CLI: --cli --native");
  const run = values.cli ? byCli(values.native) : byStandIn;
  const failure = await run(Number(seconds) * 1000, Number(seed), Number(longest));
  clearInterval(progress);
  console.log(summary());
  for (const [outcome, count] of [...counts.outcomes].sort()) console.log(`${String(count).padStart(7)}  ${outcome}`);
  if (!failure) return;
  console.error(`\nseed ${failure.seed}, path ${failure.counterexamplePath}, shrunk ${failure.numShrinks} times`);
  console.error((failure.errorInstance as Error | undefined)?.message);
  process.exitCode = 1;
}

type Failure = fc.RunDetails<unknown>;

async function byStandIn(ms: number, seed: number, longest: number): Promise<Failure | undefined> {
  const limits = { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: ms };
  const details = await fc.check(holds(histories(longest, aliasing), onStandIn), { seed, ...limits });
  return details.failed ? details : undefined;
}

/** Each history has the next seed, so that it can be repeated alone. The last history is completed. */
const byCli = (native: boolean) => async (ms: number, firstSeed: number, longest: number) => {
  const ends = performance.now() + ms;
  const property = fc.oneof(somethingOfEverything, histories(longest));
  useProvider(native ? "native" : "dynamic");
  const empty = await Sandbox.create({ native });
  try {
    for (let seed = firstSeed; performance.now() < ends; seed++) {
      const limits = { numRuns: 1, unbiased: true, interruptAfterTimeLimit: SHRINK_MS };
      const details = await fc.check(holds(property, onCli(empty)), { seed, ...limits });
      if (details.failed) return details;
    }
    return undefined;
  } finally {
    await empty.close();
  }
};

const summary = (): string => `${counts.histories} histories, ${counts.steps} steps, ${counts.deployments} deployments`;

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
