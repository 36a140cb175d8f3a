import { type ChildProcess, execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { EMULATOR_CREDENTIALS } from "../emulator";
import { findPulumi } from "./findPulumi";

const REPOSITORY = resolve(__dirname, "..");
const STACK = "dev";
const PROJECT = "name: callbacks\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n";
/** Halves the time of a run, most of which is spent on loading Pulumi's SDK in two processes. */
const LAZY_MODULES = `--require ${JSON.stringify(join(__dirname, "lazyModules.js"))}`;

/** The result of a run of the CLI. */
export interface Run {
  code: number;
  stdout: string;
  stderr: string;
  /** Both outputs, for messages. */
  output: string;
}

/** A run of the CLI that has not ended yet. */
export interface Running {
  process: ChildProcess;
  ended: Promise<Run>;
}

/** A resource in the state. */
export interface StateResource {
  urn: string;
  type: string;
  id: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
  external?: boolean;
  /** The place of the resource in the program. */
  sourcePosition?: string;
  stackTrace?: { sourcePosition?: string }[];
}

/** The state of a stack in the file backend, with encrypted secrets. */
export interface StoredDeployment {
  resources?: StateResource[];
  pending_operations?: unknown[];
}

/** A Pulumi project in a temporary folder, with a file backend and one stack, deployed by the real CLI. */
export class ScratchProject {
  readonly folder = mkdtempSync(join(tmpdir(), "tencentcloud-live-"));
  readonly environment: Record<string, string>;
  /** The folder of the native provider. */
  readonly pluginFolder = join(REPOSITORY, "plugin");
  #isNative = false;
  static #initialized: Promise<ScratchProject> | undefined;

  private constructor(
    readonly command: string,
    environment: Record<string, string>,
    endpoint: string,
  ) {
    mkdirSync(join(this.folder, "backend"));
    this.environment = {
      ...environment,
      PULUMI_BACKEND_URL: pathToFileURL(join(this.folder, "backend")).href,
      PULUMI_HOME: join(this.folder, "home"),
      PULUMI_CONFIG_PASSPHRASE: "test",
      NODE_OPTIONS: LAZY_MODULES,
      TENCENTCLOUD_SECRET_ID: EMULATOR_CREDENTIALS.secretId,
      TENCENTCLOUD_SECRET_KEY: EMULATOR_CREDENTIALS.secretKey,
      TENCENTCLOUD_LIVE_ENDPOINT: endpoint,
      TENCENTCLOUD_STS_ENDPOINT: endpoint,
      TENCENTCLOUD_METADATA_ENDPOINT: endpoint,
      // Keeps the profiles of the user out of the tests.
      TENCENTCLOUD_CREDENTIALS_FILE: join(this.folder, "credentials"),
      TENCENTCLOUD_SHARED_CREDENTIALS_DIR: this.folder,
    };
  }

  /**
   * Creates a project with its stack. Packages come from this repository, as with `npm link`. The CLI
   * initializes one stack per process, and each project is a copy of it.
   */
  static async start(endpoint: string, nodeModules = join(REPOSITORY, "node_modules")): Promise<ScratchProject> {
    ScratchProject.#initialized ??= ScratchProject.#initialize();
    const project = (await ScratchProject.#initialized).copy(endpoint);
    // The CLI records the selected stack by the folder of the project, so a copy has none.
    project.environment["PULUMI_STACK"] = STACK;
    symlinkSync(nodeModules, join(project.folder, "node_modules"), "junction");
    return project;
  }

  static async #initialize(): Promise<ScratchProject> {
    const { command, env } = await findPulumi();
    const project = new ScratchProject(command, env, "");
    process.once("exit", () => project.close());
    project.write("Pulumi.yaml", PROJECT);
    project.write("package.json", '{ "name": "callbacks", "main": "index.js" }');
    await project.succeed("stack", "init", STACK);
    return project;
  }

  /** Copies a folder of `examples/`, as a user would. The project has no stack yet. */
  static async ofExample(example: string, endpoint: string): Promise<ScratchProject> {
    const { command, env } = await findPulumi();
    // The lint of the repository checks the types of the examples, so the tests save the time.
    const project = new ScratchProject(command, { ...env, PULUMI_NODEJS_TRANSPILE_ONLY: "true" }, endpoint);
    const filter = (path: string) => basename(path) !== "node_modules";
    cpSync(join(REPOSITORY, "examples", example), project.folder, { recursive: true, filter });
    symlinkSync(join(REPOSITORY, "node_modules"), join(project.folder, "node_modules"), "junction");
    return project;
  }

  /** Copies the project with its stack and state, for another endpoint. */
  copy(endpoint: string): ScratchProject {
    const copy = new ScratchProject(this.command, this.environment, endpoint);
    copy.#isNative = this.#isNative;
    cpSync(this.folder, copy.folder, { recursive: true, verbatimSymlinks: true });
    return copy;
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  write(file: string, content: string): void {
    writeFileSync(join(this.folder, file), content);
  }

  /**
   * Writes the program. The body can use `pulumi`, `CallbackTemplate` and `DomainBinding`, and `native` for
   * all other exports of the entry point. With the native provider, these are its classes.
   */
  program(body: string, file = "index.js"): void {
    const entry = `pulumi-tencentcloud-live${this.#isNative ? "/native" : ""}`;
    const names = `const native = require("${entry}"), { CallbackTemplate, DomainBinding } = native;`;
    this.write(file, `const pulumi = require("@pulumi/pulumi");\n${names}\n${body}\n`);
  }

  /** Whether the project uses the native provider. */
  get isNative(): boolean {
    return this.#isNative;
  }

  /** Makes the project, and the programs that are written afterwards, use the native provider. */
  useNative(): void {
    this.#isNative = true;
    const plugins = `plugins:\n  providers:\n    - name: tencentcloud-live\n      path: ${this.pluginFolder}\n`;
    this.write("Pulumi.yaml", PROJECT + plugins);
  }

  /** Runs the CLI without a terminal, as a pipeline does. */
  run(...args: string[]): Promise<Run> {
    return this.launch(...args).ended;
  }

  /** Starts the CLI, for a test that interrupts it. */
  launch(...args: string[]): Running {
    const options = {
      cwd: this.folder,
      env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...this.environment },
      maxBuffer: 64 * 1024 * 1024,
    };
    let report: (run: Run) => void;
    const ended = new Promise<Run>((resolveRun) => {
      report = resolveRun;
    });
    const child = execFile(this.command, [...args, "--non-interactive"], options, (error, stdout, stderr) => {
      const code = error ? Number(error.code ?? 1) : 0;
      report({ code, stdout, stderr, output: `${stdout}\n${stderr}` });
    });
    return { process: child, ended };
  }

  /** Runs the CLI. @throws Error with the whole output if the CLI fails */
  async succeed(...args: string[]): Promise<Run> {
    const run = await this.run(...args);
    if (run.code !== 0) throw new Error(`pulumi ${args.join(" ")} exited with ${run.code}:\n${run.output}`);
    return run;
  }

  up(...args: string[]): Promise<Run> {
    return this.succeed("up", "--yes", "--skip-preview", "--stack", STACK, ...args);
  }

  refresh(...args: string[]): Promise<Run> {
    return this.succeed("refresh", "--yes", "--skip-preview", "--stack", STACK, ...args);
  }

  destroy(...args: string[]): Promise<Run> {
    return this.succeed("destroy", "--yes", "--skip-preview", "--stack", STACK, ...args);
  }

  /** Runs a preview. Every step must be `same` or a read. */
  expectNoChanges(): Promise<Run> {
    return this.succeed("preview", "--expect-no-changes", "--stack", STACK);
  }

  /** Exports the stack, as `pulumi stack import` takes it: secrets are encrypted. */
  async stateText(): Promise<string> {
    return (await this.succeed("stack", "export", "--stack", STACK)).stdout;
  }

  /** Reads the state from the file backend, without a run of the CLI. */
  deployment(): StoredDeployment {
    const stacks = join(this.folder, "backend/.pulumi/stacks");
    const [project = ""] = readdirSync(stacks);
    const text = readFileSync(join(stacks, project, `${STACK}.json`), "utf8");
    const { checkpoint } = JSON.parse(text) as { checkpoint: { latest?: StoredDeployment } };
    return checkpoint.latest ?? {};
  }

  /** Returns the resources of this package in the state, by name. */
  resources(): Record<string, StateResource> {
    const ours = (this.deployment().resources ?? []).filter(({ type }) => type.includes("tencentcloud-live"));
    return Object.fromEntries(ours.map((resource) => [resource.urn.split("::").at(-1) ?? "", resource]));
  }
}
