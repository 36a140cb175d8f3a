import { type Checks, crash, dryRun, prepare } from "./crash";
import { nameOf, type Point, pointsOf } from "./point";
import type { Scenario } from "./scenarios";
import type { World } from "./world";

/** The options of a sweep. */
export interface SweepOptions {
  /** The number of points that run at the same time. */
  jobs: number;
  /** Whether to include every side of every call in every way, with all checks. */
  thorough: boolean;
  print: (line: string) => void;
}

/** The result of a sweep. */
export interface Totals {
  scenarios: number;
  points: number;
  /** Points whose call the run did not make. They are also checked. */
  notReached: number;
  /** Points that left a template of which the stack has no record. */
  forgotten: number;
  failures: number;
}

/** A preview and a destroy after every point would double the time of a sweep. */
const PREVIEW_EVERY = 4;
const DESTROY_EVERY = 8;
/** The number of points after which a long sweep reports its progress. */
const REPORT_EVERY = 25;

/** A point with its initial stack and cloud. */
interface Job {
  point: Point;
  scenario: Scenario;
  start: World;
  checks: Checks;
}

/** Runs all points, or the given points, of these scenarios. */
export class Sweep {
  readonly totals: Totals = { scenarios: 0, points: 0, notReached: 0, forgotten: 0, failures: 0 };
  readonly #starts: World[] = [];
  #stopped = false;

  constructor(
    private readonly empty: World,
    private readonly options: SweepOptions,
  ) {}

  async run(scenarios: Record<string, Scenario>, only?: readonly Point[]): Promise<Totals> {
    try {
      const jobs = await inParallel(Object.entries(scenarios), this.options.jobs, ([name, scenario]) =>
        this.#jobsOf(name, scenario, only),
      );
      const all = inTurns(jobs);
      await inParallel(all, this.options.jobs, (job) => this.#sweep(job, all.length));
    } finally {
      await Promise.all(this.#starts.map((world) => world.close()));
    }
    return this.totals;
  }

  /** Ends the sweep after the running points. */
  stop(): void {
    this.#stopped = true;
  }

  async #jobsOf(name: string, scenario: Scenario, only: readonly Point[] | undefined): Promise<Job[]> {
    this.totals.scenarios++;
    try {
      const start = await prepare(scenario, this.empty);
      this.#starts.push(start);
      const points = only?.filter((point) => point.scenario === name) ?? (await this.#allPoints(name, scenario, start));
      const all = this.options.thorough || only !== undefined;
      return points.map((point, index) => {
        const checks = { preview: all || index % PREVIEW_EVERY === 0, destroy: all || index % DESTROY_EVERY === 0 };
        return { point, scenario, start, checks };
      });
    } catch (error) {
      this.totals.failures++;
      this.options.print(`FAILED ${name}, without being killed: ${(error as Error).message}`);
      return [];
    }
  }

  async #allPoints(name: string, scenario: Scenario, start: World): Promise<Point[]> {
    const actions = await dryRun(scenario, start);
    const points = pointsOf(name, actions, this.options.thorough);
    this.options.print(`${name}: ${scenario.title}; ${actions.length} calls, ${points.length} points`);
    return points;
  }

  async #sweep({ point, scenario, start, checks }: Job, of: number): Promise<void> {
    if (this.#stopped) return;
    const { reached, forgotten, problems } = await crash(point, scenario, start, checks).catch((error: unknown) => ({
      reached: true,
      forgotten: false,
      problems: [`the harness failed: ${error instanceof Error ? error.stack : String(error)}`],
    }));
    // A Ctrl-C also reaches the CLI, so the result of this point is meaningless.
    if (this.#stopped) return;
    if (!reached) this.totals.notReached++;
    if (forgotten) this.totals.forgotten++;
    if (problems.length > 0) this.#failed(nameOf(point), problems);
    if (++this.totals.points % REPORT_EVERY === 0) this.options.print(`  ${this.totals.points} of ${of} points`);
  }

  #failed(name: string, problems: readonly string[]): void {
    this.totals.failures++;
    const what = problems.join("; ").replace(/\s*\n\s*/g, " | ");
    this.options.print(`FAILED ${name}: ${what} -- just this again: npm run test:crash -- --only ${name}`);
  }
}

/** Interleaves the lists, so that every scenario is tried early. */
function inTurns<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) => lists.flatMap((list) => list.slice(index, index + 1))).flat();
}

/** Processes `jobs` items at a time, and returns the results in the order of the items. */
async function inParallel<T, R>(items: readonly T[], jobs: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const entries = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of entries) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  return results;
}
