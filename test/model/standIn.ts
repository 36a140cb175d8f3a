import type { Cloud } from "../support/cloud";
import { Chooser } from "./chooser";
import type { Engine, Run, RunOptions } from "./engine";
import { Watch } from "./interruption";
import { type Declaration, dependenciesOf, type Program, urnOf } from "./program";
import type { Failure, Lifecycles, Outcome, Stack, StackResource } from "./stack";
import { type Step, StepFailed, StepGenerator } from "./steps";

/** A stand-in for Pulumi's engine that calls the lifecycles in this process. A run takes milliseconds. */
export class StandIn implements Engine {
  constructor(private readonly cloud: Cloud) {}

  carryOut({ command, options, faults }: Run, program: Program, stack: Stack): Promise<Outcome> {
    const deployment = new Deployment(stack, this.cloud, options);
    // After the faults that end a run, because a dead process gets no other fault.
    for (const fault of faults) this.cloud.addFault(fault);
    if (command === "refresh") return deployment.refresh();
    return deployment.up(command === "destroy" ? [] : program, command === "up --refresh");
  }
}

/**
 * Runs one deployment like the engine, with a new provider process. Declared resources are checked and
 * compared in the order of their dependencies, each followed by its step. Afterwards, removed resources are
 * deleted in reverse order. The first failure prevents all steps that have not begun.
 */
class Deployment {
  readonly #chooser: Chooser;
  readonly #watch: Watch;
  readonly #generator: StepGenerator;
  readonly #failures: Failure[] = [];
  readonly #queue: { urn: string; step: Step }[] = [];
  readonly #running = new Set<Promise<void>>();
  readonly #done = new Set<string>();

  constructor(
    private readonly stack: Stack,
    cloud: Cloud,
    private readonly options: RunOptions,
  ) {
    const { callbackTemplate, domainBinding } = cloud.deployment(options.config, { reconcileMs: 30 });
    const lifecycles: Lifecycles = { template: callbackTemplate, binding: domainBinding };
    this.#chooser = new Chooser(options.seed);
    this.#watch = new Watch(cloud, options.interruption);
    const { replace = [] } = options;
    this.#generator = new StepGenerator(stack, lifecycles, replace, () => this.#watch.blind());
  }

  /** Runs `pulumi up` or, without declarations, `pulumi destroy`, which calls no check. */
  async up(program: Program, refresh = false): Promise<Outcome> {
    if (refresh) await this.#refreshAll();
    const waiting = [...program];
    for (let next = this.#next(waiting); next; next = this.#next(waiting)) await next();
    await Promise.all(this.#running);
    if (!this.#stopping()) await this.#deleteLeavers(new Set(program.map(urnOf)));
    return this.#outcome();
  }

  /** Runs `pulumi refresh --clear-pending-creates`. Killed creates are never in this state. */
  async refresh(): Promise<Outcome> {
    await this.#refreshAll();
    return this.#outcome();
  }

  #outcome(): Outcome {
    const { interruption } = this.options;
    const ended = interruption?.kind === "stopped" ? "interrupted" : "crashed";
    const result = this.#watch.ended() ? ended : this.#failures.length > 0 ? "failed" : "succeeded";
    return { result, failures: this.#watch.blind() ? [] : this.#failures };
  }

  #stopping(): boolean {
    return this.#failures.length > 0 || this.#watch.ended();
  }

  /** Returns one of the possible next actions, or nothing at the end. */
  #next(waiting: Declaration[]): (() => Promise<void>) | undefined {
    if (this.#stopping()) return undefined;
    const ready = waiting.filter((declaration) => dependenciesOf(declaration).every((urn) => this.#done.has(urn)));
    const atOnce = ready.filter((declaration) => dependenciesOf(declaration).length === 0);
    const registers = (atOnce.length > 0 ? atOnce : ready).map((declaration) => async () => {
      waiting.splice(waiting.indexOf(declaration), 1);
      await this.#register(declaration);
    });
    const choices = [...registers];
    if (this.#queue.length > 0 && this.#running.size < this.options.parallel) choices.push(async () => this.#start());
    // A program first registers all resources without dependencies. Steps begin, but their calls get no
    // response yet.
    if (atOnce.length > 0) return this.#chooser.pick(choices);
    if (this.#running.size > 0) choices.push(() => Promise.race(this.#running));
    return this.#chooser.pick(choices);
  }

  async #register(declaration: Declaration): Promise<void> {
    await this.#guard(async () => {
      this.#queue.push({ urn: urnOf(declaration), step: await this.#generator.register(declaration) });
    });
  }

  #start(): void {
    const next = this.#queue.shift();
    if (!next) return;
    const running = this.#guard(async () => {
      await next.step();
      this.#done.add(next.urn);
    }).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #refreshAll(): Promise<void> {
    await this.#all(this.stack.resources.map((resource) => () => this.#generator.refresh(resource)));
  }

  async #deleteLeavers(declared: ReadonlySet<string>): Promise<void> {
    const leavers = this.stack.resources.filter((resource) => resource.pendingDelete || !declared.has(urnOf(resource)));
    for (const deleted of leavers.filter(({ pendingReplacement }) => pendingReplacement)) {
      this.stack.record(deleted, undefined);
    }
    for (const batch of inReverse(leavers.filter(({ pendingReplacement }) => !pendingReplacement))) {
      if (!this.#stopping()) await this.#all(batch.map((leaver) => () => this.#generator.delete(leaver)));
    }
  }

  /** Runs independent steps in any order. */
  async #all(steps: Step[]): Promise<void> {
    const rest = [...steps];
    while (rest.length > 0 && !this.#stopping()) {
      const step = this.#chooser.pick(rest);
      if (step) rest.splice(rest.indexOf(step), 1);
      const running = this.#guard(async () => step?.()).finally(() => this.#running.delete(running));
      this.#running.add(running);
      if (this.#running.size >= this.options.parallel) await Promise.race(this.#running);
    }
    await Promise.all(this.#running);
  }

  async #guard(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof StepFailed)) throw error;
      this.#failures.push(error.failure);
    }
  }
}

/**
 * Returns batches of resources to delete. Resources that depend on no deleted resource are in the last batch.
 */
function inReverse(leavers: readonly StackResource[]): StackResource[][] {
  const batches: StackResource[][] = [];
  for (let rest = leavers; rest.length > 0; ) {
    const now = rest.filter((one) => !rest.some((other) => one !== other && one.dependsOn.includes(urnOf(other))));
    batches.unshift(now);
    rest = rest.filter((one) => !now.includes(one));
  }
  return batches;
}
