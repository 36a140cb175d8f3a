import { type Emulator, startEmulator } from "../../../../emulator";
import type { Run } from "../../../../tools/scratchProject";
import { readWorkflow, runWorkflow } from "./github";
import { readPipeline, runJob } from "./gitlab";
import { IdentityProvider } from "./identityProvider";
import { ExampleRepository } from "./repository";

/** The reason of a pipeline run. */
export type Occasion = "changeRequest" | "main" | "schedule" | "recovery";

/** An example whose pipeline is executed, and the emulator for it. */
export interface Pipeline {
  system: string;
  repository: ExampleRepository;
  cloud: Emulator;
  identityProvider: IdentityProvider;
  run(occasion: Occasion): Promise<Run>;
  close(): Promise<void>;
}

/** The identity token of the runs, and the secrets of their stacks. */
export const TOKEN = "eyJTokenOfTheRun";
export const CALLBACK_KEY = "CanaryKey0123456789";

const ROLE = "qcs::cam::uin/100000000001:roleName/live-callbacks";

type Runner = (repository: ExampleRepository, occasion: Occasion, provider: IdentityProvider) => Promise<Run>;

const GITHUB: Record<Occasion, [file: string, event: string]> = {
  changeRequest: ["preview.yml", "pull_request"],
  main: ["deploy.yml", "push"],
  schedule: ["deploy.yml", "schedule"],
  recovery: ["deploy.yml", "workflow_dispatch"],
};
const GITLAB: Record<Occasion, string> = {
  changeRequest: "preview",
  main: "up",
  schedule: "drift",
  recovery: "recover",
};

const onGithub: Runner = (repository, occasion, provider) => {
  const [file, event] = GITHUB[occasion];
  return runWorkflow(repository, readWorkflow(repository, file), event, provider);
};
const onGitlab: Runner = (repository, occasion, { token }) =>
  runJob(repository, readPipeline(repository), GITLAB[occasion], token);

/** A repository with its pipeline. Only the role has access to the cloud, and only the token to the role. */
async function startPipeline(system: string, example: string, providerId: string, runner: Runner): Promise<Pipeline> {
  const webIdentity = { providerId, tokens: [TOKEN] };
  const cloud = await startEmulator({ credentials: [], roles: [{ arn: ROLE, webIdentity }] });
  const identityProvider = await IdentityProvider.start(TOKEN);
  const repository = await ExampleRepository.start(example, cloud.url);
  await repository.pulumi("config", "set", "--secret", "callbackKey", CALLBACK_KEY);
  return {
    ...{ system, repository, cloud, identityProvider },
    run: (occasion) => runner(repository, occasion, identityProvider),
    close: async () => {
      await repository.close();
      await identityProvider.close();
      await cloud.close();
    },
  };
}

/** The examples for GitHub and GitLab, each with its own emulator. */
export function startPipelines(): Promise<[github: Pipeline, gitlab: Pipeline]> {
  return Promise.all([
    startPipeline("GitHub", "gitops-github-actions", "github", onGithub),
    startPipeline("GitLab", "gitops-gitlab", "gitlab", onGitlab),
  ]);
}
