import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { Run } from "../../../../tools/scratchProject";
import type { IdentityProvider } from "./identityProvider";
import type { ExampleRepository } from "./repository";

const usedAction = z.strictObject({ uses: z.string(), with: z.record(z.string(), z.unknown()).optional() });
const script = z.strictObject({ name: z.string().optional(), if: z.string().optional(), run: z.string() });
const job = z.strictObject({
  "runs-on": z.string(),
  "timeout-minutes": z.number(),
  env: z.record(z.string(), z.string()),
  steps: z.array(z.union([usedAction, script])),
});

/**
 * The part of a workflow that the example uses. Other fields are errors, because GitHub would interpret them.
 */
const workflow = z.strictObject({
  name: z.string(),
  on: z.union([z.string().transform((event) => ({ [event]: null })), z.record(z.string(), z.unknown())]),
  permissions: z.record(z.string(), z.string()),
  concurrency: z.strictObject({ group: z.string(), queue: z.literal("max") }).optional(),
  defaults: z.strictObject({ run: z.strictObject({ shell: z.literal("bash") }) }),
  jobs: z.record(z.string(), job),
});

export type Workflow = z.infer<typeof workflow>;

/** The command of GitHub for `shell: bash`. */
const BASH = ["--noprofile", "--norc", "-eo", "pipefail"];

/** Reads a workflow of the repository from its file. */
export function readWorkflow(repository: Pick<ExampleRepository, "read">, file: string): Workflow {
  return workflow.parse(parse(repository.read(join(".github/workflows", file))));
}

/**
 * Runs the only job of a workflow for an event, step by step until one fails. External actions count as done.
 */
export async function runWorkflow(
  repository: ExampleRepository,
  { on, permissions, jobs }: Workflow,
  event: string,
  identityProvider: IdentityProvider,
): Promise<Run> {
  const [only, ...others] = Object.values(jobs);
  if (!(event in on) || !only || others.length > 0) throw new Error(`no workflow of one job for ${event}`);
  const identity = permissions["id-token"] === "write" ? identityProvider.environment : {};
  const environment = { ...settings(only.env, repository), ...identity, RUNNER_TEMP: repository.temporary };
  repository.checkOut();
  const outputs: Run[] = [];
  for (const step of only.steps) {
    if (!("run" in step) || !applies(step.if, event)) continue;
    outputs.push(await runStep(repository, step.run, environment));
    if (outputs.at(-1)?.code !== 0) break;
  }
  return joined(outputs);
}

/** Runs a step with the variables that earlier steps have written to the file in `GITHUB_ENV`. */
async function runStep(repository: ExampleRepository, run: string, environment: Record<string, string>): Promise<Run> {
  const file = join(repository.temporary, "environment");
  const given = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  const exported = Object.fromEntries(given.map((line) => line.split(/=(.*)/s).slice(0, 2)));
  return repository.bash(BASH, run, { ...environment, ...exported, GITHUB_ENV: file });
}

function applies(condition: string | undefined, event: string): boolean {
  if (condition === undefined) return true;
  const [, name] = /^github\.event_name == '(\w+)'$/.exec(condition) ?? [];
  if (name === undefined) throw new Error(`unsupported condition: ${condition}`);
  return name === event;
}

/** Inserts the secrets and variables of the repository. An unset one is empty, as on GitHub. */
function settings(env: Record<string, string>, repository: ExampleRepository): Record<string, string> {
  const entries = Object.entries(env).map(([name, value]) => {
    const [, setting] = /^\$\{\{ (?:secrets|vars)\.(\w+) \}\}$/.exec(value) ?? [];
    if (setting === undefined) throw new Error(`unsupported value: ${value}`);
    return [name, repository.settings[setting] ?? ""];
  });
  return Object.fromEntries(entries);
}

function joined(outputs: Run[]): Run {
  const all = (part: "stdout" | "stderr" | "output") => outputs.map((run) => run[part]).join("\n");
  return { code: outputs.at(-1)?.code ?? 0, stdout: all("stdout"), stderr: all("stderr"), output: all("output") };
}
