import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { ExampleProcess } from "../../support/examples/exampleProcess";
import { KEY } from "./messages";

const REPOSITORY = resolve(__dirname, "../../..");
const EXAMPLE = join(REPOSITORY, "examples/receiver-queue");

/** The dependencies of the example that this repository lacks, as arguments of `npm install`. */
export const QUEUE_PACKAGES = Object.entries(
  JSON.parse(readFileSync(join(EXAMPLE, "package.json"), "utf8")).dependencies as Record<string, string>,
)
  .filter(([, version]) => !version.startsWith("file:"))
  .map((dependency) => dependency.join("@"));

/** A copy of `examples/receiver-queue` below its installed dependencies. */
export class InstalledExample {
  readonly folder: string;

  /** @param installed the folder whose `node_modules` has {@link QUEUE_PACKAGES} */
  constructor(installed: string) {
    this.folder = mkdtempSync(join(installed, "example-"));
    for (const file of readdirSync(EXAMPLE).filter((name) => /\.(ts|json)$/.test(name)))
      copyFileSync(join(EXAMPLE, file), join(this.folder, file));
    this.#transpile();
    mkdirSync(join(this.folder, "node_modules/.bin"), { recursive: true });
    symlinkSync(join(REPOSITORY, "dist/cli/main.js"), join(this.folder, "node_modules/.bin/tencentcloud-live"));
    const linked = { "pulumi-tencentcloud-live": ".", "@types": "node_modules/@types", tsx: "node_modules/tsx" };
    for (const [name, path] of Object.entries(linked))
      symlinkSync(join(REPOSITORY, path), join(this.folder, "node_modules", name), "junction");
  }

  get programs(): string[] {
    return readdirSync(this.folder)
      .filter((name) => name.endsWith(".ts"))
      .map((name) => join(this.folder, name));
  }

  /** Replaces the example's work by the work of the tests. */
  replaceWork(): this {
    copyFileSync(join(__dirname, "work.ts"), join(this.folder, "work.ts"));
    this.#transpile();
    return this;
  }

  /** Starts a receiver, and waits until it listens. */
  async startReceiver(redisUrl: string, environment: Record<string, string> = {}): Promise<ExampleProcess> {
    const settings = { REDIS_URL: redisUrl, CALLBACK_KEY: KEY, PORT: "0", ATTEMPTS: "3", RETRY_SECONDS: "0.1" };
    const receiver = this.run("receiver.ts", { ...settings, ...environment });
    await receiver.line("listening");
    return receiver;
  }

  /** Starts a worker, and waits until it accepts jobs. */
  async startWorker(redisUrl: string, environment: Record<string, string> = {}): Promise<ExampleProcess> {
    const worker = this.run("worker.ts", { REDIS_URL: redisUrl, LOCK_SECONDS: "4", ...environment });
    await worker.line("working");
    return worker;
  }

  /** Starts a program of the example with only these variables. */
  run(program: string, environment: Record<string, string>, ...args: string[]): ExampleProcess {
    const file = join("transpiled", program.replace(/\.ts$/, ".js"));
    const env = { PATH: process.env["PATH"], ...environment };
    return new ExampleProcess(spawn(process.execPath, [file, ...args], { cwd: this.folder, env }));
  }

  /** Removes the types from the programs once, which halves the time of each process. */
  #transpile(): void {
    buildSync({ entryPoints: this.programs, outdir: join(this.folder, "transpiled"), format: "esm", target: "node20" });
  }

  close(): void {
    rmSync(this.folder, { recursive: true });
  }
}
