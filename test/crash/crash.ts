import { differences, unboundTemplates } from "./declared";
import type { Point, Way } from "./point";
import { kill } from "./processes";
import { type Scenario, UP } from "./scenarios";
import type { World } from "./world";

/**
 * A provider without calls for this time has finished. Between two calls it waits only for a short backoff.
 */
const QUIET_MS = 500;

/** The additional checks, each of which takes another run of the CLI. */
export interface Checks {
  preview: boolean;
  destroy: boolean;
}

/** The result of one point. */
export interface Outcome {
  /** Whether the run reached the call. The number of calls can differ by one between runs. */
  reached: boolean;
  /** Whether a template was left of which the stack has no record. See `Scenario.forgotten`. */
  forgotten: boolean;
  /** The problems. Empty if the recovery led to the declared state. */
  problems: string[];
}

/** Creates the stack and the cloud for the beginning of a scenario's deployment. */
export async function prepare({ before, outOfBand }: Scenario, empty: World): Promise<World> {
  const world = await empty.copy();
  try {
    if (before !== undefined) {
      world.project.program(before);
      await world.project.succeed(...UP);
    }
    outOfBand?.(world.cloud);
    return world;
  } catch (error) {
    await world.close();
    throw error;
  }
}

/** Returns the calls of an undisturbed deployment. Rejects if it does not lead to the declared state. */
export async function dryRun(scenario: Scenario, start: World): Promise<readonly string[]> {
  const world = await start.copy();
  try {
    world.project.program(programOf(scenario));
    await world.project.succeed(...commandOf(scenario, world));
    const actions = [...world.gate.actions];
    if (scenario.recovery !== undefined) {
      world.project.program(scenario.recovery);
      await world.project.succeed(...UP);
    }
    const problems = differences(world.cloud.state(), scenario.declared);
    if (problems.length > 0)
      throw new Error(`the undisturbed deployment does not lead to the declared state:\n${problems.join("\n")}`);
    return actions;
  } finally {
    await world.close();
  }
}

/** The moment at which this many resources wait for the responses to their first writes. */
export interface FirstWrites extends Pick<Point, "way"> {
  writes: number;
}

/** Kills the deployment at the point, recovers as documented, and compares the cloud with the program. */
export async function crash(
  at: Point | FirstWrites,
  scenario: Scenario,
  start: World,
  checks: Checks,
): Promise<Outcome> {
  const world = await start.copy();
  try {
    const reached = await runAndKill(world, scenario, at);
    const problems = [...(reached ? survivorProblems(world, at) : []), ...(await recover(world, scenario))];
    const forgotten = problems.length === 0 && removeForgotten(world, scenario);
    if (problems.length === 0) problems.push(...(await inspect(world, scenario, checks)));
    return { reached, forgotten, problems };
  } finally {
    await world.close();
  }
}

/** A dynamic provider survives a killed CLI. The native provider ends after its running calls. */
function survivorProblems(world: World, { way }: Pick<Point, "way">): string[] {
  const lives = world.providers().length > 0;
  if (world.project.isNative) return way === "cli" && lives ? ["the native provider lived on"] : [];
  return way !== "all" && !lives ? ["the provider did not live on"] : [];
}

const programOf = ({ program, before = "" }: Scenario): string => program ?? before;

/** Returns the command of a scenario, with the resource types of the provider. */
const commandOf = ({ command = UP }: Scenario, { project }: World): string[] =>
  command.map((argument) =>
    project.isNative
      ? argument.replace("pulumi-nodejs:dynamic/tencentcloud-live:", "tencentcloud-live:index:")
      : argument,
  );

async function runAndKill(world: World, scenario: Scenario, at: Point | FirstWrites): Promise<boolean> {
  world.project.program(programOf(scenario));
  const { way } = at;
  const held = "writes" in at ? world.gate.holdWrites(at.writes) : world.gate.hold(at, at.applied);
  const run = world.project.launch(...commandOf(scenario, world));
  const reached = await Promise.race([held.reached.then(() => true), run.ended.then(() => false)]);
  if (reached) await killRun(world, run.process.pid ?? 0, way);
  held.release();
  await run.ended;
  if (reached && way !== "cli-at-once") await world.gate.quiet(way === "all" ? 0 : QUIET_MS);
  return reached;
}

async function killRun(world: World, pid: number, way: Way): Promise<void> {
  if (way === "all") await world.killEverything();
  else kill(pid, "SIGKILL");
}

/** Runs the documented recovery. A failure is a problem. */
async function recover({ project }: World, scenario: Scenario): Promise<string[]> {
  if (scenario.recovery !== undefined) project.program(scenario.recovery);
  const commands = [
    ["cancel", "--yes", "dev"],
    ["refresh", "--yes", "--skip-preview", "--clear-pending-creates", "--stack", "dev"],
    scenario.lastCommand ?? UP,
  ];
  for (const command of commands) {
    const { code, output } = await project.run(...command);
    if (code !== 0) return [`pulumi ${command.join(" ")} exits with ${code}: ${gist(output)}`];
  }
  return [];
}

/** Returns the distinct errors in the output of the CLI, or the whole output if there are none. */
function gist(output: string): string {
  const errors = output.split("\n").flatMap((line) => /error: .*/.exec(line)?.[0] ?? []);
  return errors.length > 0 ? [...new Set(errors)].join("; ") : output.trim();
}

/** Removes the template that the scenario may leave, so that everything else can be compared. */
function removeForgotten({ cloud }: World, { forgotten }: Scenario): boolean {
  const [id, ...more] = forgotten === undefined ? [] : unboundTemplates(cloud.state(), forgotten);
  return id !== undefined && more.length === 0 && cloud.removeTemplate(id);
}

async function inspect(world: World, scenario: Scenario, checks: Checks): Promise<string[]> {
  const { project, cloud } = world;
  const problems = differences(cloud.state(), scenario.declared);
  problems.push(...stateProblems(world));
  if (problems.length === 0 && checks.preview && scenario.lastCommand === undefined) {
    const { code, output } = await project.run("preview", "--expect-no-changes", "--stack", "dev");
    if (code !== 0) problems.push(`a preview after the recovery shows changes: ${gist(output)}`);
  }
  if (problems.length === 0 && checks.destroy) {
    await project.destroy();
    problems.push(...differences(cloud.state(), { templates: {}, rules: {} }).map((line) => `after destroy, ${line}`));
  }
  return problems;
}

/** Checks that the state contains exactly the resources in the cloud, without pending operations. */
function stateProblems({ project, cloud }: World): string[] {
  const { resources = [], pending_operations: pending = [] } = project.deployment();
  const { templates, rules } = cloud.state();
  const there = [
    ...templates.map(({ TemplateId }) => String(TemplateId)),
    ...rules.map(({ DomainName, AppName }) => (AppName ? `${DomainName}/${AppName}` : DomainName)),
  ];
  const ours = resources.filter(({ type }) => /tencentcloud-live:(index:)?[A-Z]/.test(type));
  const recorded = ours.map(({ id = "(none)" }) => id);
  return [
    ...(pending.length > 0 ? [`${pending.length} operations are pending in the state`] : []),
    ...(there.sort().join(" ") === recorded.sort().join(" ")
      ? []
      : [`the state holds ${recorded.join(", ")}; the cloud holds ${there.join(", ")}`]),
  ];
}
