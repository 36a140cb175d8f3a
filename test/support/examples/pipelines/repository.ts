import { execFile } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import ts from "typescript";
import { type Run, ScratchProject } from "../../../../tools/scratchProject";
import { canFindProcesses, killAll, processesWith } from "../../../crash/processes";

const REPOSITORY = resolve(__dirname, "../../../..");
/** The variables of a scratch project that the pipeline must set itself, or must not have. */
const NOT_OF_THE_MACHINE = new Set([
  "PULUMI_BACKEND_URL",
  "PULUMI_CONFIG_PASSPHRASE",
  "PULUMI_STACK",
  "TENCENTCLOUD_SECRET_ID",
  "TENCENTCLOUD_SECRET_KEY",
]);

/** A user's repository from one of the examples with a stack `prod`, and the machine that runs its jobs. */
export class ExampleRepository {
  /** The settings of the pipeline. */
  readonly settings: Record<string, string>;
  /** A folder beside the checkout. */
  readonly temporary: string;

  private constructor(private readonly project: ScratchProject) {
    const { PULUMI_BACKEND_URL = "", PULUMI_CONFIG_PASSPHRASE = "" } = project.environment;
    this.settings = { PULUMI_BACKEND_URL, PULUMI_CONFIG_PASSPHRASE };
    this.temporary = join(project.folder, "temporary");
  }

  static async start(example: string, endpoint: string): Promise<ExampleRepository> {
    const project = await ScratchProject.start(endpoint);
    const repository = new ExampleRepository(project);
    repository.#writeNpm();
    cpSync(join(REPOSITORY, "examples", example), project.folder, {
      recursive: true,
      filter: (file) => !file.endsWith("node_modules"),
    });
    repository.#compile();
    await project.succeed("stack", "init", "prod");
    return repository;
  }

  /** Runs the CLI as a user, outside the pipeline. */
  pulumi(...args: string[]): Promise<Run> {
    return this.project.succeed(...args, "--stack", "prod");
  }

  read(file: string): string {
    return readFileSync(join(this.project.folder, file), "utf8");
  }

  /** Commits a change that replaces a part of a file. */
  edit(file: string, part: string, replacement: string): void {
    const content = this.read(file);
    if (!content.includes(part)) throw new Error(`${file} does not contain ${part}`);
    this.project.write(file, content.replace(part, replacement));
  }

  /** Sets another endpoint for the jobs. */
  callThrough(endpoint: string): void {
    this.project.environment["TENCENTCLOUD_LIVE_ENDPOINT"] = endpoint;
  }

  /** Creates a new checkout on a new machine, without files of earlier jobs. */
  checkOut(): void {
    rmSync(join(this.project.folder, "node_modules"), { force: true });
    rmSync(this.temporary, { recursive: true, force: true });
    mkdirSync(this.temporary);
  }

  /** Runs a script in the checkout, with these variables in addition to the machine's. */
  bash(flags: string[], script: string, environment: Record<string, string>): Promise<Run> {
    const options = { cwd: this.project.folder, env: { ...this.#machine(), ...environment }, maxBuffer: 1 << 26 };
    return new Promise((report) => {
      execFile("bash", [...flags, "-c", script], options, (error, stdout, stderr) => {
        const code = error ? Number(error.code ?? 1) : 0;
        report({ code, stdout, stderr, output: `${stdout}\n${stderr}` });
      });
    });
  }

  /** Kills every process of the jobs, as if the machine was lost. */
  kill(): Promise<void> {
    return killAll(() => processesWith("PULUMI_HOME", this.project.environment["PULUMI_HOME"] ?? ""));
  }

  async close(): Promise<void> {
    if (canFindProcesses) await this.kill();
    this.project.close();
  }

  #machine(): Record<string, string> {
    const { environment, command, folder } = this.project;
    const own = Object.entries(environment).filter(([name]) => !NOT_OF_THE_MACHINE.has(name));
    const path = [join(folder, "bin"), dirname(command), environment["PATH"] ?? process.env["PATH"] ?? ""];
    return {
      ...Object.fromEntries(own),
      HOME: process.env["HOME"] ?? "",
      PATH: path.join(delimiter),
      CI: "true",
    };
  }

  /**
   * Compiles the program once, to save the time in every run. The lint of the repository checks its types.
   */
  #compile(): void {
    const { outputText } = ts.transpileModule(this.read("index.ts"), {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    });
    this.project.write("index.js", outputText);
    this.edit("package.json", '"index.ts"', '"index.js"');
    this.edit("Pulumi.yaml", "runtime: nodejs", "runtime: { name: nodejs, options: { typescript: false } }");
  }

  /** Replaces npm: `npm ci` links the packages of this repository. */
  #writeNpm(): void {
    const { folder } = this.project;
    this.checkOut();
    mkdirSync(join(folder, "bin"));
    const npm = join(folder, "bin", "npm");
    writeFileSync(
      npm,
      `#!/bin/sh\n[ "$*" = ci ] && exec ln -s '${join(REPOSITORY, "node_modules")}' node_modules\nexit 1\n`,
    );
    chmodSync(npm, 0o755);
  }
}
