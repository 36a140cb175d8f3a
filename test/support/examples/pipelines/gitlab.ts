import { parse } from "yaml";
import { z } from "zod";
import type { Run } from "../../../../tools/scratchProject";
import type { ExampleRepository } from "./repository";

const rule = z.strictObject({
  if: z.string(),
  when: z.literal("manual").optional(),
  allow_failure: z.boolean().optional(),
});
const partOfJob = z.strictObject({
  extends: z.string().optional(),
  resource_group: z.string().optional(),
  timeout: z.string().optional(),
  id_tokens: z.record(z.string(), z.strictObject({ aud: z.string() })).optional(),
  script: z.array(z.string()).optional(),
  rules: z.array(rule).optional(),
});

/**
 * The part of a pipeline that the example uses. Other fields are errors, because GitLab would interpret them.
 */
const pipeline = z
  .object({ default: z.strictObject({ image: z.unknown(), before_script: z.array(z.string()) }) })
  .catchall(partOfJob);

export type GitlabJob = z.infer<typeof partOfJob>;

/** The predefined variables for the reason of a pipeline. */
export type Reason = Partial<Record<"CI_PIPELINE_SOURCE" | "CI_COMMIT_BRANCH", string>>;

/** Returns the jobs of a pipeline by name, with the definitions that they extend. */
export interface GitlabPipeline {
  beforeScript: string[];
  jobs: Record<string, GitlabJob>;
}

export function readPipeline(repository: Pick<ExampleRepository, "read">): GitlabPipeline {
  const { default: defaults, ...parts } = pipeline.parse(parse(repository.read(".gitlab-ci.yml")));
  const all = parts as Record<string, GitlabJob>;
  const names = Object.keys(all).filter((name) => !name.startsWith("."));
  const complete = (part: GitlabJob): GitlabJob => ({ ...(part.extends ? all[part.extends] : {}), ...part });
  const jobs = names.map((name) => [name, complete(all[name] ?? {})] as const);
  return { beforeScript: defaults.before_script, jobs: Object.fromEntries(jobs) };
}

/** Returns the names of the automatic or the manual jobs in a pipeline that runs for a reason. */
export function jobsFor({ jobs }: GitlabPipeline, reason: Reason, when?: "manual"): string[] {
  const variables: Record<string, string | undefined> = { CI_DEFAULT_BRANCH: "main", ...reason };
  const chosen = Object.entries(jobs).filter(([, { rules = [] }]) => {
    const first = rules.find((candidate) => holds(candidate.if, variables));
    return first !== undefined && first.when === when;
  });
  return chosen.map(([name]) => name);
}

/** Runs a job in one shell like GitLab's runner, with an identity token if it declares one. */
export function runJob(
  repository: ExampleRepository,
  { beforeScript, jobs }: GitlabPipeline,
  name: string,
  token: string,
): Promise<Run> {
  const { script = [], id_tokens = {} } = jobs[name] ?? {};
  const tokens = Object.entries(id_tokens).map(([variable, { aud }]) => [variable, aud === "pulumi" ? token : "other"]);
  repository.checkOut();
  return repository.bash(["-eo", "pipefail"], [...beforeScript, ...script].join("\n"), {
    ...repository.settings,
    ...Object.fromEntries(tokens),
  });
}

function holds(condition: string, variables: Record<string, string | undefined>): boolean {
  return condition.split(" && ").every((term) => {
    const [, name = "", other, text] = /^\$(\w+) == (?:\$(\w+)|"(\w+)")$/.exec(term) ?? [];
    if (name === "") throw new Error(`unsupported condition: ${term}`);
    return variables[name] === (other === undefined ? text : variables[other]);
  });
}
