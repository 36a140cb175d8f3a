import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import biome from "../biome.json";
import { engines, scripts } from "../package.json";

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}

interface Job {
  uses?: string;
  needs?: string;
  "timeout-minutes"?: number;
  permissions?: Record<string, string>;
  strategy?: { matrix: Record<string, string[]> };
  steps?: Step[];
}

interface Workflow {
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
}

const ROOT = resolve(__dirname, "..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const WORKFLOWS = ".github/workflows";
const workflows = readdirSync(join(ROOT, WORKFLOWS)).map((name) => parse(read(join(WORKFLOWS, name))) as Workflow);
const workflow = (name: string) => parse(read(`${WORKFLOWS}/${name}.yml`)) as Workflow;
const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps = [] }) => steps);
const { test } = workflow("ci").jobs;

describe("the workflows", () => {
  it("run the tests with .ci/run, on every supported version of Node", () => {
    expect(test?.steps?.at(-1)).to.deep.equal({ run: ".ci/run" });
    const [lowest = "", ...later] = test?.strategy?.matrix["node"] ?? [];
    expect(engines.node).to.equal(`>=${lowest}`);
    expect(later).to.deep.equal(["22", "24"]);
    for (const version of later) {
      expect(read("test/matrix/main.ts"), "the matrix by hand").to.include(`{ node: "${version}" }`);
    }
  });

  it("have read-only permissions except to publish a release, and keep no credentials in the clone", () => {
    for (const { permissions } of workflows) expect(permissions).to.deep.equal({ contents: "read" });
    const more = workflows.flatMap(({ jobs }) => Object.values(jobs)).filter((job) => job.permissions);
    expect(more.map((job) => job.permissions)).to.deep.equal([{ contents: "write", "id-token": "write" }]);
    for (const { uses, with: options } of workflows.flatMap(stepsOf)) {
      if (uses?.startsWith("actions/checkout@")) expect(options).to.deep.equal({ "persist-credentials": false });
    }
  });

  it("use only the host's own actions by their major versions, and have a time limit", () => {
    for (const { uses } of workflows.flatMap(stepsOf)) if (uses) expect(uses).to.match(/^actions\/[\w-]+@v\d+$/);
    const jobs = workflows.flatMap((one) => Object.values(one.jobs)).filter(({ steps }) => steps);
    expect(jobs.map((job) => typeof job["timeout-minutes"])).to.deep.equal(jobs.map(() => "number"));
  });

  it("publish the output of npm run release for a tag, after the tests", () => {
    const { jobs } = workflow("release");
    expect(jobs["test"]).to.deep.equal({ uses: "./.github/workflows/ci.yml" });
    expect(jobs["publish"]?.needs).to.equal("test");
    const commands = jobs["publish"]?.steps?.flatMap(({ run }) => (run === undefined ? [] : [run])) ?? [];
    expect(commands.map((command) => command.split(" ").slice(0, 3).join(" "))).to.deep.equal([
      ...["npm ci", "npm run release", "npm publish ./release/pulumi-tencentcloud-live", "gh release create"],
    ]);
    expect(scripts).to.have.property("release");
  });

  it("read names of the event from the environment, and never insert them into a command", () => {
    for (const { run = "" } of workflows.flatMap(stepsOf)) expect(run).to.not.include("${" + "{");
    const ofTheTag = stepsOf(workflow("release")).filter(({ run = "" }) => /npm run release|gh release/.test(run));
    expect(ofTheTag).to.have.length(2);
    for (const { run } of ofTheTag) expect(run).to.include('"$GITHUB_REF_NAME"');
  });
});

describe("the files of the repository", () => {
  it("have the same lowest version of Node in .nvmrc, engines and the development container", () => {
    expect(`>=${read(".nvmrc").trim()}`).to.equal(engines.node);
    const { image, postCreateCommand } = JSON.parse(read(".devcontainer/devcontainer.json"));
    expect(image).to.match(new RegExp(`:${read(".nvmrc").split(".")[0]}$`));
    const servers = /--no-install-recommends (.*)$/m.exec(read(".ci/run"))?.[1];
    expect(postCreateCommand).to.include(` ${servers} `);
  });

  it("have the same text style in .editorconfig and the formatter", () => {
    const settings = Object.fromEntries(
      read(".editorconfig")
        .match(/^\w+ = \S+$/gm)
        ?.map((line) => line.split(" = ")) ?? [],
    );
    const [all = ""] = read(".editorconfig").split("[*.md]");
    expect(settings).to.include({
      indent_style: biome.formatter.indentStyle,
      indent_size: `${biome.formatter.indentWidth}`,
    });
    expect(all).to.include(`max_line_length = ${biome.formatter.lineWidth}\n`);
  });

  it("have issue forms in which every field has an id and a label", () => {
    for (const name of ["bug", "feature"]) {
      const { body, ...form } = parse(read(`.github/ISSUE_TEMPLATE/${name}.yml`));
      expect(form).to.have.all.keys("name", "description", "labels");
      const fields = body.filter(({ type }: { type: string }) => type !== "markdown");
      for (const { id, attributes } of fields)
        expect([typeof id, typeof attributes.label]).to.deep.equal(["string", "string"]);
      expect(new Set(fields.map(({ id }: { id: string }) => id)).size).to.equal(fields.length);
    }
  });
});
