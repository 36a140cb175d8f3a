import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Run as CliRun } from "../../tools/scratchProject";
import { kill, tellToStop } from "../crash/processes";
import type { World as Sandbox } from "../crash/world";
import { failuresIn } from "./cliEvents";
import { textOf } from "./cliProgram";
import { resourcesIn } from "./cliState";
import type { Engine, Run } from "./engine";
import type { Interruption } from "./interruption";
import { type Program, urnOf } from "./program";
import type { Outcome, Stack } from "./stack";
import { engineUrnOf } from "./urns";

const STACK_FILE = "Pulumi.dev.yaml";
/** A provider without calls for this time has finished. */
const QUIET_MS = 500;

/** The real CLI, its engine and its host of dynamic providers, or the native provider. */
export class CliEngine implements Engine {
  /** The initial configuration of the stack. */
  readonly #salt: string;

  constructor(private readonly sandbox: Sandbox) {
    this.#salt = readFileSync(join(sandbox.project.folder, STACK_FILE), "utf8");
  }

  async carryOut(run: Run, program: Program, stack: Stack): Promise<Outcome> {
    const { project, cloud } = this.sandbox;
    project.program(textOf(program));
    const settings = Object.entries(run.options.config).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}\n`);
    project.write(STACK_FILE, `${this.#salt}config:\n${settings.join("")}`);
    for (const fault of run.faults) cloud.addFault(fault);
    const command = argumentsOf(run, stack);
    const { interruption } = run.options;
    const outcome = interruption
      ? await this.#interrupt(command, interruption)
      : outcomeOf(await project.run(...command));
    const exported = await project.succeed("stack", "export", "--show-secrets", "--stack", "dev");
    stack.resources = resourcesIn(exported.stdout);
    return outcome;
  }

  async #interrupt(command: string[], { kind, calls }: Interruption): Promise<Outcome> {
    const { project, gate } = this.sandbox;
    const held = gate.hold({ nth: gate.actions.length + calls + 1 }, kind === "killedAfter");
    const run = project.launch(...command);
    const reached = await Promise.race([held.reached.then(() => true), run.ended.then(() => false)]);
    if (reached && kind === "stopped") await tellToStop(run, "SIGINT");
    else if (reached && kind === "cliKilled") kill(run.process.pid ?? 0, "SIGKILL");
    else if (reached) await this.sandbox.killEverything();
    if (reached && kind === "killedBefore") held.drop();
    else held.release();
    const ended = await run.ended;
    if (!reached || kind === "stopped") return outcomeOf(ended, reached);
    await this.#clearUp();
    return { result: "crashed", failures: [] };
  }

  /** Waits until a surviving provider has finished its calls, and removes the lock of a killed run. */
  async #clearUp(): Promise<void> {
    await this.sandbox.gate.quiet(QUIET_MS);
    await this.sandbox.killEverything();
    await this.sandbox.project.succeed("cancel", "--yes", "dev");
  }
}

function argumentsOf({ command, options }: Run, stack: Stack): string[] {
  const replaced = stack.resources.filter((resource) => options.replace?.includes(urnOf(resource)));
  return [
    ...command.split(" "),
    ...["--yes", "--skip-preview", "--json", "--stack", "dev", "--parallel", String(options.parallel)],
    // An update would only warn about creates with an unknown outcome.
    ...(command === "refresh" ? ["--clear-pending-creates"] : []),
    ...(command.startsWith("up") ? replaced.flatMap((resource) => ["--replace", engineUrnOf(resource)]) : []),
  ];
}

function outcomeOf({ code, stdout, output }: CliRun, interrupted = false): Outcome {
  const failures = failuresIn(stdout);
  if (code === 0 && failures.length === 0) return { result: "succeeded", failures };
  if (interrupted) return { result: "interrupted", failures };
  if (code !== 0 && failures.length > 0) return { result: "failed", failures };
  throw new Error(`the CLI exited with ${code} and reported ${failures.length} errors of resources:\n${output}`);
}
