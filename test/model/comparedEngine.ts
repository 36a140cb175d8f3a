import { copyFileSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { LiveDialect } from "../../emulator/dialect";
import { isWriting } from "../../emulator/http/callRecord";
import { CLOUD_DATA, type World as Sandbox } from "../crash/world";
import { type Cloud, startCloud } from "../support/cloud";
import type { Engine, Run } from "./engine";
import { type Program, urnOf } from "./program";
import { codeOf } from "./reasons";
import { type Outcome, Stack, type StackResource } from "./stack";
import { StandIn } from "./standIn";

/** The number of orders that the stand-in tries. */
const ORDERS = 40;

/**
 * The real CLI. After each undisturbed run, the stand-in runs the same deployment with a copy of the previous
 * stack and cloud. It must reach the same result in some order.
 */
export class ComparedEngine implements Engine {
  constructor(
    private readonly cli: Engine,
    private readonly sandbox: Sandbox,
    private readonly dialect: Partial<LiveDialect>,
  ) {}

  async carryOut(run: Run, program: Program, stack: Stack): Promise<Outcome> {
    if (run.faults.length > 0 || run.options.interruption) return this.cli.carryOut(run, program, stack);
    copyData(this.#file(CLOUD_DATA), this.#file("before.json"));
    const { resources } = stack;
    const outcome = await this.cli.carryOut(run, program, stack);
    const real = resultOf(outcome, stack, this.sandbox.cloud);
    const attempts: string[][] = [];
    for (let seed = 0; seed < ORDERS; seed++) {
      const options = { ...run.options, seed };
      const differences = differencesOf(real, await this.#standIn({ ...run, options }, program, resources));
      if (differences.length === 0) return outcome;
      attempts.push(differences);
    }
    const [closest = []] = attempts.sort((one, other) => one.length - other.length);
    throw new Error(`the stand-in has another result in every order; the closest:\n${closest.join("\n")}`);
  }

  async #standIn(run: Run, program: Program, resources: readonly StackResource[]): Promise<Result> {
    const dataFile = this.#file("copy.json");
    copyData(this.#file("before.json"), dataFile);
    const cloud = await startCloud({ dialect: this.dialect, rateLimits: false, dataFile });
    try {
      const stack = new Stack();
      stack.resources = structuredClone([...resources]);
      return resultOf(await new StandIn(cloud).carryOut(run, program, stack), stack, cloud);
    } finally {
      await cloud.close();
    }
  }

  #file(name: string): string {
    return join(this.sandbox.project.folder, name);
  }
}

/** An unused cloud has no data. */
function copyData(from: string, to: string): void {
  rmSync(to, { force: true });
  if (existsSync(from)) copyFileSync(from, to);
}

/** The compared parts of a run. */
interface Result {
  failures: string[];
  lines: string[];
}

/**
 * Returns the result of a run, its writes and the recorded state. Reads are not compared, because the
 * resources of a deployment share lists and fetch them again by age.
 */
function resultOf({ result, failures }: Outcome, { resources }: Stack, cloud: Cloud): Result {
  const writes = Object.entries(cloud.calls()).filter(([action]) => isWriting(action));
  const lines = [
    result,
    ...writes.map(([action, count]) => `${count} times ${action}`),
    ...resources.map((resource) => `${urnOf(resource)}: ${inOrder(comparable(resource))}`),
  ];
  const failed = failures.map((failure) => `${failure.operation} of ${failure.urn}: ${codeOf(failure)}`);
  return { failures: failed, lines: [...lines, ...failed] };
}

/**
 * Removes times, which always differ. Ids that depend on the order of creation match in one of the tried
 * orders.
 */
function comparable({ inputs, outs, ...rest }: StackResource): object {
  const { createTime, updateTime, __provider, ...others } = outs;
  const { __provider: _, ...arguments_ } = inputs;
  return { ...rest, inputs: arguments_, outs: { ...others, times: typeof createTime === typeof updateTime } };
}

/** Returns JSON with sorted members. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_, member) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort())
      : member,
  );
}

function differencesOf(real: Result, standIn: Result): string[] {
  // Which other steps have begun before a failure depends on milliseconds.
  if (real.failures.some((failure) => standIn.failures.includes(failure))) return [];
  const without = (all: readonly string[], others: readonly string[]) => all.filter((line) => !others.includes(line));
  return [
    ...without(real.lines, standIn.lines).map((line) => `real CLI: ${line}`),
    ...without(standIn.lines, real.lines).map((line) => `stand-in: ${line}`),
  ];
}
