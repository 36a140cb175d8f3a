import fc from "fast-check";
import { counts } from "./modelCommand";
import { history, onStandIn } from "./property";

/**
 * The long run: `npm run test:model -- [seconds] [seed] [longest history]`. It prints what it ran, and the seed; of a
 * failure the shortest history that it could find, with the path that repeats it.
 */
async function main([seconds = "300", seed = String(Date.now() % 1_000_000), longest = "40"]: string[]): Promise<void> {
  console.log(`seed ${seed}, histories of up to ${longest} steps, for ${seconds} s`);
  const progress = setInterval(() => console.log(summary()), 30_000);
  const details = await fc.check(history(Number(longest), onStandIn), {
    seed: Number(seed),
    numRuns: Number.MAX_SAFE_INTEGER,
    interruptAfterTimeLimit: Number(seconds) * 1000,
  });
  clearInterval(progress);
  console.log(summary());
  for (const [outcome, count] of [...counts.outcomes].sort()) console.log(`${String(count).padStart(7)}  ${outcome}`);
  if (!details.failed) return;
  console.error(`\nseed ${seed}, path ${details.counterexamplePath}, shrunk ${details.numShrinks} times`);
  console.error((details.errorInstance as Error | undefined)?.message);
  process.exitCode = 1;
}

const summary = (): string => `${counts.histories} histories, ${counts.steps} steps, ${counts.deployments} deployments`;

main(process.argv.slice(2));
