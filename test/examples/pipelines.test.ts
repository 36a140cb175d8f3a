import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";
import { Gate } from "../crash/gate";
import { canFindProcesses } from "../crash/processes";
import { CALLBACK_KEY, type Occasion, type Pipeline, startPipelines, TOKEN } from "../support/examples/pipelines";
import { readWorkflow } from "../support/examples/pipelines/github";
import { jobsFor, readPipeline } from "../support/examples/pipelines/gitlab";
import { skipAfterFailure } from "../support/pulumi/cliProject";

const DOMAIN = "push.example.com";
const NOT_APPLIED = "drift: the program declares what is not applied yet";
const CLOUD_DIFFERS = "drift: the cloud is not as the last update left it";

/** Reads the files of an example. */
const example = (name: string) => ({
  read: (file: string) => readFileSync(resolve(__dirname, "../../examples", name, file), "utf8"),
});

/** The tests are consecutive steps. Both systems run concurrently, because each run of the CLI takes seconds. */
describe("the executed pipelines of the examples", function () {
  this.timeout(300_000);
  let github: Pipeline;
  let gitlab: Pipeline;
  before(async () => {
    [github, gitlab] = await startPipelines();
  });
  after(() => onBoth((pipeline) => pipeline.close()));
  skipAfterFailure();
  const onBoth = <T>(step: (pipeline: Pipeline) => Promise<T>) => Promise.all([step(github), step(gitlab)]);

  const run = async ({ run }: Pipeline, occasion: Occasion) => {
    const { code, output } = await run(occasion);
    for (const secret of [TOKEN, CALLBACK_KEY, "TemporaryKey"]) expect(output).to.not.contain(secret);
    return { code, output, drift: output.match(/^drift: .*$/gm) ?? [] };
  };
  const succeed = async (pipeline: Pipeline, occasion: Occasion) => {
    const { code, output, drift } = await run(pipeline, occasion);
    expect(code, `${occasion} on ${pipeline.system}:\n${output}`).to.equal(0);
    expect(drift).to.deep.equal([]);
    return output;
  };
  const expectDeclared = ({ cloud }: Pipeline, domain = DOMAIN) => {
    const { templates, rules } = cloud.state();
    expect(templates.map(({ CallbackKey }) => CallbackKey)).to.deep.equal([CALLBACK_KEY]);
    const bound = rules.map(({ DomainName, TemplateId }) => [DomainName, TemplateId]);
    expect(bound).to.deep.equal([[domain, templates[0]?.TemplateId]]);
  };

  const killWhileItCreates = async ({ run, repository }: Pipeline, gate: Gate) => {
    const held = gate.hold({ action: "CreateLiveCallbackTemplate", nth: 1 }, true);
    const update = run("main");
    await held.reached;
    await repository.kill();
    held.release();
    expect((await update).code).to.not.equal(0);
  };

  it("preview a change without a call or an identity", async () => {
    await onBoth(async (pipeline) => {
      expect(await succeed(pipeline, "changeRequest")).to.match(/CallbackTemplate: \(create\)/);
      expect(pipeline.cloud.calls()).to.deep.equal({});
    });
  });

  it("do not deploy without a token (GitHub), and show the provider's error line if the role is rejected (GitLab)", async () => {
    const unauthorized = async () => {
      github.identityProvider.refuses = true;
      const { code, output } = await run(github, "main");
      expect(code).to.not.equal(0);
      expect(output).to.contain("401").and.not.contain("pulumi:pulumi:Stack");
      github.identityProvider.refuses = false;
    };
    const withoutTrust = async () => {
      const error = { code: "InvalidParameter.WebIdentityTokenError", message: "not trusted" };
      gitlab.cloud.addFault({ kind: "error", times: "always", action: "AssumeRoleWithWebIdentity", ...error });
      const failed = await run(gitlab, "main");
      expect(failed.code).to.not.equal(0);
      expect(failed.output).to.match(
        /error: cannot create .*cannot assume the role .*action=AssumeRoleWithWebIdentity/,
      );
      expect(failed.output).to.not.match(/\n\s+at .*\.js:\d+/);
      gitlab.cloud.clearFaults();
    };
    await Promise.all([unauthorized(), withoutTrust()]);
    for (const { cloud } of [github, gitlab]) expect(cloud.state().templates).to.deep.equal([]);
  });

  it("recover from a killed run, and do nothing if there is nothing to recover", async function () {
    if (!canFindProcesses) this.skip();
    const killAndRecover = async () => {
      const gate = await Gate.start(github.cloud.url);
      try {
        github.repository.callThrough(gate.url);
        await killWhileItCreates(github, gate);
        const { code, output, drift } = await run(github, "schedule");
        expect([code === 7, drift], "the lock that is left is no drift").to.deep.equal([false, [NOT_APPLIED]]);
        expect(output).to.contain("locked");
        await succeed(github, "recovery");
        const { stdout } = await github.repository.pulumi("stack", "export");
        expect(JSON.parse(stdout).deployment).to.not.have.property("pending_operations");
      } finally {
        github.repository.callThrough(github.cloud.url);
        await gate.close();
      }
    };
    await Promise.all([killAndRecover(), succeed(gitlab, "recovery")]);
    await onBoth(async (pipeline) => expectDeclared(pipeline));
  });

  it("apply a change on main, and report what is not applied and out-of-band changes", async () => {
    const changed = "live.example.com";
    await onBoth(async (pipeline) => {
      pipeline.repository.edit("Pulumi.prod.yaml", `- ${DOMAIN}`, `- ${changed}`);
      await succeed(pipeline, "main");
      expectDeclared(pipeline, changed);
    });

    const drifted = async () => {
      gitlab.cloud.removeRule(changed);
      const before = gitlab.cloud.state();
      const ofCloud = await run(gitlab, "schedule");
      expect([ofCloud.code, ofCloud.drift]).to.deep.equal([7, [CLOUD_DIFFERS]]);
      gitlab.repository.edit("Pulumi.prod.yaml", `- ${changed}`, "- other.example.com");
      const ofBoth = await run(gitlab, "schedule");
      expect([ofBoth.code, ofBoth.drift]).to.deep.equal([7, [NOT_APPLIED, CLOUD_DIFFERS]]);
      expect(gitlab.cloud.state(), "the look changes nothing").to.deep.equal(before);
    };
    const unchanged = async () => {
      await succeed(github, "schedule");
      github.cloud.addFault({ kind: "error", times: "always", code: "UnauthorizedOperation", message: "not allowed" });
      const { code, output, drift } = await run(github, "schedule");
      expect(code, "no drift, but a failure").to.not.be.oneOf([0, 7]);
      expect(drift).to.deep.equal([]);
      expect(output).to.match(/error: .*cannot read .*\(code=UnauthorizedOperation .*\)/);
    };
    await Promise.all([drifted(), unchanged()]);
  });
});

describe("the definitions of the example pipelines", () => {
  const workflows = ["preview.yml", "deploy.yml"].map((file) => readWorkflow(example("gitops-github-actions"), file));
  const [preview, deploy] = workflows;
  const pipeline = readPipeline(example("gitops-gitlab"));

  it("give a cloud identity only to the jobs that require it", () => {
    expect(preview?.permissions).to.deep.equal({ contents: "read" });
    expect(deploy?.permissions).to.deep.equal({ contents: "read", "id-token": "write" });
    expect(preview?.on).to.have.all.keys("pull_request");
    expect(deploy?.on).to.deep.include({ push: { branches: ["main"] } });
    const withIdentity = Object.entries(pipeline.jobs).filter(([, { id_tokens }]) => id_tokens);
    expect(withIdentity.map(([name]) => name)).to.deep.equal(["up", "drift", "recover"]);
  });

  it("serialize runs that use the cloud, and drop none", () => {
    expect(deploy?.concurrency).to.deep.equal({ group: "pulumi-prod", queue: "max" });
    const groups = ["up", "drift", "recover"].map((name) => pipeline.jobs[name]?.resource_group);
    expect(new Set(groups)).to.deep.equal(new Set(["pulumi-prod"]));
  });

  it("start the right jobs on GitLab", () => {
    const main = { CI_PIPELINE_SOURCE: "push", CI_COMMIT_BRANCH: "main" };
    expect(jobsFor(pipeline, { CI_PIPELINE_SOURCE: "merge_request_event" })).to.deep.equal(["preview"]);
    expect(jobsFor(pipeline, main)).to.deep.equal(["up"]);
    expect(jobsFor(pipeline, main, "manual")).to.deep.equal(["recover"]);
    expect(jobsFor(pipeline, { ...main, CI_PIPELINE_SOURCE: "schedule" })).to.deep.equal(["drift"]);
    expect(jobsFor(pipeline, { ...main, CI_COMMIT_BRANCH: "feature" })).to.deep.equal([]);
  });

  it("check for drift with the same script", () => {
    const [github, gitlab] = ["gitops-github-actions", "gitops-gitlab"].map((name) => example(name).read("drift.sh"));
    expect(github).to.equal(gitlab);
  });
});
