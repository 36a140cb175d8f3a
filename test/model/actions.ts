import { expectSameReading } from "./differential";
import type { Run } from "./engine";
import { countOutcome, counts } from "./modelCommand";
import { codeOf, reasonFor } from "./reasons";
import type { Outcome } from "./stack";
import {
  expectAdoptedUnchanged,
  expectDeclared,
  expectForeignUntouched,
  expectNoSecondOfAName,
  expectNothingLost,
  expectPutBack,
  settle,
} from "./verdict";
import type { Before, World } from "./world";

const IN_USE = { "tencentcloud-live:inUseTimeoutSeconds": "0.1" };

/** Runs a deployment, and compares its result with the model. */
export async function deploy(world: World, run: Run): Promise<void> {
  const { program } = world;
  const { command, options, faults } = run;
  counts.deployments++;
  world.story.push(`${command} ${JSON.stringify({ ...options, faults })}`);
  if (run.command === "destroy") world.program = [];
  try {
    world.story.push(`  ${await deployAndJudge(world, run)}`);
  } finally {
    world.program = program;
  }
}

async function deployAndJudge(world: World, run: Run): Promise<string> {
  const { cloud, stack } = world;
  const { command, faults } = run;
  const options = { ...run.options, config: { ...IN_USE, ...run.options.config } };
  const before = world.before(options.replace);
  // An adopted template keeps the URLs that the API does not return, unless the program sets them.
  if (world.program.some(({ kind, adopt }) => kind === "template" && adopt)) world.alwaysSure = false;
  cloud.reset({ calls: true });
  const outcome = await world.engine.carryOut({ command, options, faults }, world.program, stack);
  cloud.clearFaults();
  const disturbed = faults.length > 0 || options.interruption !== undefined;
  const words = judge(world, before, outcome, disturbed);
  const refreshing = command.endsWith("refresh");
  const succeeded = outcome.result === "succeeded";
  if (command !== "refresh") expectNothingLost(world, before);
  if (outcome.result !== "crashed") expectPutBack(world, before);
  expectNoSecondOfAName(world, before);
  expectAdoptedUnchanged(world, before);
  expectForeignUntouched(world, before, refreshing);
  settle(world, disturbed && !succeeded);
  if (!succeeded) world.doubt();
  else if (refreshing || stack.resources.length === 0) world.sure = true;
  if (succeeded && command !== "refresh" && world.sure) expectDeclared(world);
  await expectSameReading(cloud, stack);
  return words;
}

/** Returns the result of a deployment. An unexplained failure is a defect. */
function judge(world: World, before: Before, { result, failures }: Outcome, disturbed: boolean): string {
  const words = failures.map((failure) => {
    const reason = reasonFor(world, before, failure, disturbed);
    countOutcome(`${failure.operation}: ${codeOf(failure)} (${reason ?? "unexplained"})`);
    if (reason) return `${failure.urn}: ${codeOf(failure)} (${reason})`;
    throw new Error(`unexplained failure of ${failure.urn}: ${(failure.error as Error).message}`);
  });
  countOutcome(result);
  return [result, ...words].join("; ");
}
