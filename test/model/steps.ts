import { isDeepStrictEqual } from "node:util";
import { UNKNOWN_SENTINEL } from "../../provider/hosts/dynamic/properties";
import { PROVIDER_STUB, type Values } from "../support/cloud";
import { argumentsOf, type Declaration, dependenciesOf, urnOf } from "./program";
import { type Failure, type Lifecycles, partOf, type Stack, type StackResource } from "./stack";

/** A step of a resource: one or more calls in sequence. Throws a `StepFailed`. */
export type Step = () => Promise<void>;

/** The failure that stops a deployment. */
export class StepFailed extends Error {
  constructor(readonly failure: Failure) {
    super(`${failure.operation} of ${failure.urn} failed`);
  }
}

const withStub = (values: unknown): Values => ({ ...(values as Values), __provider: PROVIDER_STUB });

/** The steps of one deployment, as the engine's step generator makes them. */
export class StepGenerator {
  constructor(
    private readonly stack: Stack,
    private readonly lifecycles: Lifecycles,
    /** The names of the resources to replace in any case. */
    private readonly replace: readonly string[],
    /** Whether nothing may be saved any more. */
    private readonly blind: () => boolean,
  ) {}

  /** Checks and compares a declared resource, and returns the resulting step. */
  async register(declaration: Declaration): Promise<Step> {
    const urn = urnOf(declaration);
    const old = this.stack.live(urn);
    const args = argumentsOf(declaration, (template) => Number(this.stack.live(template)?.id));
    const fresh = { kind: declaration.kind, name: declaration.name, dependsOn: dependenciesOf(declaration) };
    const forced = old !== undefined && this.replace.includes(urn);
    const inputs = await this.check(declaration, forced ? {} : (old?.inputs ?? {}), args);
    if (!old) return () => this.create({ ...fresh, inputs });
    const difference = forced ? { changed: true, replaces: true } : await this.diff(old, inputs);
    if (old.pendingReplacement || (difference.changed && difference.replaces)) {
      const again = forced ? inputs : await this.check(declaration, {}, args);
      return () => this.replaceStep(old, { ...fresh, inputs: again });
    }
    if (difference.changed || old.initErrors) return () => this.update(old, { ...fresh, inputs });
    return async () => this.save(old, { ...old, ...fresh, inputs });
  }

  async check(declaration: Declaration, olds: Values, args: Values): Promise<Values> {
    const type = this.lifecycles[declaration.kind];
    const { inputs, failures = [] } = await this.attempt(urnOf(declaration), "check", () =>
      type.check({ ...olds }, withStub(args)),
    );
    const [first] = failures;
    if (first) throw new StepFailed({ urn: urnOf(declaration), operation: "check", error: new Error(first.reason) });
    return withStub(inputs);
  }

  async diff(old: StackResource, inputs: Values): Promise<{ changed: boolean; replaces: boolean }> {
    const type = this.lifecycles[old.kind];
    const { changes, replaces = [] } = await this.attempt(urnOf(old), "diff", () =>
      type.diff(old.id, { ...old.outs }, { ...inputs }),
    );
    // If the provider returns `undefined`, the engine compares the inputs.
    const changed = changes ?? !isDeepStrictEqual({ ...old.inputs }, { ...inputs });
    return { changed, replaces: replaces.length > 0 };
  }

  private async create(resource: Omit<StackResource, "id" | "outs">, old?: StackResource): Promise<void> {
    const type = this.lifecycles[resource.kind];
    const { id, outs } = await this.attempt(urnOf(resource), "create", () => type.create({ ...resource.inputs }));
    if (old && !old.pendingReplacement && !this.blind()) this.stack.record(old, { ...old, pendingDelete: true });
    this.save(old?.pendingReplacement ? old : undefined, { ...resource, id, outs: withStub(outs) });
  }

  private async update(old: StackResource, now: Omit<StackResource, "id" | "outs">): Promise<void> {
    const type = this.lifecycles[old.kind];
    try {
      const { outs } = await type.update(old.id, { ...old.outs }, { ...now.inputs });
      this.save(old, { ...now, id: old.id, outs: withStub(outs) });
    } catch (error) {
      const part = partOf(error);
      if (part) this.save(old, { ...now, id: part.id, outs: part.properties, initErrors: part.reasons });
      throw new StepFailed({ urn: urnOf(old), operation: "update", error });
    }
  }

  /**
   * Replaces a resource. Bindings are created before the delete of the old one, templates are deleted first.
   */
  private async replaceStep(old: StackResource, now: Omit<StackResource, "id" | "outs">): Promise<void> {
    if (old.kind === "binding") return this.create(now, old);
    if (old.pendingReplacement) return this.create(now, old);
    for (const dependent of this.stack.resources.filter(({ dependsOn }) => dependsOn.includes(urnOf(old)))) {
      await this.diff(dependent, { ...dependent.inputs, templateId: UNKNOWN_SENTINEL });
    }
    await this.attempt(urnOf(old), "delete", () => this.lifecycles[old.kind].delete(old.id, { ...old.outs }));
    const deleted: StackResource = { ...old, pendingReplacement: true };
    this.save(old, deleted);
    if (!this.blind()) await this.create(now, deleted);
  }

  async delete(old: StackResource): Promise<void> {
    await this.attempt(urnOf(old), "delete", () => this.lifecycles[old.kind].delete(old.id, { ...old.outs }));
    this.save(old, undefined);
  }

  /** Refreshes a resource: a read, and a diff with exchanged sides. */
  async refresh(old: StackResource): Promise<void> {
    if (old.pendingReplacement) return;
    const type = this.lifecycles[old.kind];
    const { id, props, inputs } = await this.attempt(urnOf(old), "read", () => type.read(old.id, { ...old.outs }));
    if (!id) return this.save(old, undefined);
    const { initErrors: _, ...healthy } = old;
    const now = { ...healthy, id, inputs: inputs ? withStub(inputs) : old.inputs, outs: withStub(props) };
    await this.diff(now, old.inputs);
    this.save(old, now);
  }

  private save(old: StackResource | undefined, now: StackResource | undefined): void {
    if (!this.blind()) this.stack.record(old, now);
  }

  private async attempt<T>(urn: string, operation: Failure["operation"], call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw new StepFailed({ urn, operation, error });
    }
  }
}
