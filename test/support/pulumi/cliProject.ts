import { expect } from "chai";
import { type Emulator, startEmulator } from "../../../emulator";
import { type Run, ScratchProject } from "../../../tools/scratchProject";
import { useEmulator } from "../emulatorClient";
import { closeAfterTest, perSuite, perTest, startedByTest } from "../lifetime";

export const URL = "https://hooks.example.com/live";

/** A project for the real CLI, and the emulator that it calls. */
export interface EmulatedProject {
  emulator: Emulator;
  project: ScratchProject;
}

/** Allows each test of the suite to start a project with emulator options. Both are closed after the test. */
export function useProjects(): EmulatedProject & {
  start(options?: Parameters<typeof startEmulator>[0]): Promise<void>;
} {
  const [project, startProject] = startedByTest((endpoint: string) => ScratchProject.start(endpoint));
  const [emulator, startOne] = startedByTest(startEmulator);
  return { emulator, project, start: async (options) => void (await startProject((await startOne(options)).url)) };
}

/** Starts a project before each test of the suite. */
export function useProject(): EmulatedProject {
  const { start, ...started } = useProjects();
  beforeEach(async function () {
    this.timeout(180_000);
    await start();
  });
  return started;
}

/**
 * Starts a project for tests that are consecutive steps. Each step continues from the previous one. After a
 * failed step, the following ones are skipped.
 */
export function useStory(): EmulatedProject {
  skipAfterFailure();
  const emulator = perSuite(() => startEmulator());
  return { emulator, project: perSuite(() => ScratchProject.start(emulator.url)) };
}

/** Skips the tests of the suite after a failed one, because each continues from the previous one. */
export function skipAfterFailure(): void {
  let failed = false;
  beforeEach(function () {
    if (failed) this.skip();
  });
  afterEach(function () {
    failed ||= this.currentTest?.state === "failed";
  });
}

/** Copies the stack and the account, so that a test continues from them and the next test does so too. */
export async function copyOf({ emulator, project }: EmulatedProject): Promise<EmulatedProject> {
  const copy = closeAfterTest(await startEmulator());
  const { templates, rules } = emulator.state();
  for (const template of templates) copy.putTemplate(template);
  for (const rule of rules) copy.putRule(rule);
  return { emulator: copy, project: closeAfterTest(project.copy(copy.url)) };
}

/** Copies one of the examples before each test of the suite. It has no stack yet. */
export function useExample(name: string): EmulatedProject {
  const emulator = useEmulator();
  return { emulator, project: perTest(() => ScratchProject.ofExample(name, emulator.url)) };
}

/** Returns a program that creates a template. */
export const template = (args: string, opts = ""): string => `new CallbackTemplate("hooks", { ${args} }${opts})`;

/** Runs the CLI, which must fail. */
export async function expectFailure(project: ScratchProject, ...args: string[]): Promise<Run> {
  const run = await project.run(...args);
  expect(run.code, run.output).to.not.equal(0);
  return run;
}

/** Returns the operations of `preview --json` on the resources of this package, without `same`. */
export async function operationsOf(project: ScratchProject): Promise<Record<string, string>> {
  const { stdout } = await project.succeed("preview", "--json");
  const { steps } = JSON.parse(stdout) as { steps: { op: string; urn: string }[] };
  const ours = steps.filter(({ op, urn }) => op !== "same" && urn.includes("tencentcloud-live"));
  return Object.fromEntries(ours.map(({ op, urn }) => [urn.split("::").at(-1), op]));
}
