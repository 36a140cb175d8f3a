import { ProviderError } from "./api/errors";
import type { Deployment } from "./deployment";
import { Operation, type OperationContext } from "./operation";
import { defect, type OperationError, operationError } from "./operationError";
import { type Origin, originOf } from "./origin";
import type { Properties } from "./properties";
import { redactor, secretsOf } from "./redaction";
import { type Difference, PartialFailure, type ReadState, type ResourceState, type ResourceType } from "./resourceType";
import { own, toWords, words } from "./words";

/** The operations on a resource, as they appear in messages. */
type Verb = "check" | "compare" | "create" | "read" | "update" | "delete";

/** The result of a check, with reasons that contain no secret. */
export interface CheckedInputs {
  inputs: Record<string, unknown>;
  failures: { property: string; reason: string }[];
}

/** Runs operations on the resources of one type. They reject only with an `OperationError`. */
export class Lifecycle {
  readonly #deployment: Deployment;
  readonly #type: ResourceType;

  constructor(deployment: Deployment, type: ResourceType) {
    this.#deployment = deployment;
    this.#type = type;
  }

  check(context: OperationContext, olds: Properties, news: Properties): Promise<CheckedInputs> {
    return this.#run("check", context, undefined, [olds, news], (operation) => {
      // Read here so that an invalid setting already fails the preview.
      void operation.settings;
      const { inputs, failures } = this.#type.check(operation, olds, news);
      const hide = redactor(this.#deployment.secrets());
      return {
        inputs,
        failures: failures.map((failure) => ({ ...failure, reason: toWords(failure.reason).show(hide) })),
      };
    });
  }

  diff(context: OperationContext, id: string, olds: Properties, news: Properties): Promise<Difference> {
    return this.#run("compare", context, id, [olds, news], (operation) => {
      const recorded = originOf(olds);
      this.#deployment.origins.requireAllowed(recorded);
      this.#deployment.origins.see(recorded);
      return this.#type.diff(operation, id, olds, news);
    });
  }

  /** Returns the outputs of a create, or with `id` of an update, as far as they are known in advance. */
  expected(inputs: Properties, id?: string, olds?: Properties): Properties {
    return this.#type.expected(inputs, id, olds);
  }

  create(context: OperationContext, inputs: Properties): Promise<ResourceState> {
    return this.#call("create", context, undefined, [inputs], async (operation) => {
      const { origins } = this.#deployment;
      const [before] = await Promise.all([origins.ofCreate(), this.#type.prepare?.(operation, inputs)]);
      const { id, outs } = await this.#type
        .create(operation, inputs)
        .catch(recordingIn(() => origins.afterCreate(before)));
      const origin = await origins.afterCreate(before);
      origins.reportUnknownAccount();
      return { id, outs: { ...outs, ...origin } };
    });
  }

  /**
   * Reads a resource; without `outs`, one that the program does not manage. Returns `undefined` where it does
   * not exist.
   */
  read(context: OperationContext, id: string, outs: Properties = {}): Promise<ReadState | undefined> {
    return this.#call("read", context, id, [outs], async (operation) => {
      const state = await this.#type.read(operation, id, outs);
      if (state) return { ...state, outs: { ...state.outs, ...originOf(outs) } };
      await operation.confirmOrigin();
      return undefined;
    });
  }

  /**
   * Creates the error for a resource that a program reads but that does not exist, for hosts that have to
   * report it.
   */
  getNotFound(id: string): OperationError {
    const { host } = this.#deployment;
    const failure = new ProviderError(this.#type.missing(id), {
      code: "Provider.NotFound",
      remedy: own(host.advice.missing),
    });
    return this.unreadable(id, {}, failure);
  }

  /** Creates the error for a state that a host does not pass to an operation. */
  unreadable(id: string, outs: Properties, failure: ProviderError): OperationError {
    this.#deployment.keepSecret(secretsOf(outs));
    return operationError(this.#deployment, words`cannot read ${this.#type.label(id, outs)}`, failure);
  }

  update(context: OperationContext, id: string, olds: Properties, news: Properties): Promise<Record<string, unknown>> {
    return this.#call("update", context, id, [olds, news], async (operation) => {
      const recorded = originOf(olds);
      this.#deployment.origins.requireSameKind(recorded);
      const origin = this.#deployment.origins.ofUpdate(recorded);
      const outs = await this.#type.update(operation, id, olds, news).catch(recordingIn(() => recorded));
      const current = await origin;
      this.#deployment.origins.reportUnknownAccount();
      return { ...outs, ...current };
    });
  }

  delete(context: OperationContext, id: string, outs: Properties): Promise<void> {
    return this.#call("delete", context, id, [outs], (operation) => {
      this.#deployment.origins.requireSameKind(originOf(outs));
      this.#deployment.origins.see(originOf(outs));
      return this.#type.delete(operation, id, outs);
    });
  }

  /** Runs an operation that calls the API; its budget starts now. */
  #call<T>(
    verb: Verb,
    context: OperationContext,
    id: string | undefined,
    given: Properties[],
    work: (operation: Operation) => Promise<T>,
  ): Promise<T> {
    return this.#run(verb, context, id, given, (operation) => {
      void operation.budget;
      return work(operation);
    });
  }

  async #run<T>(
    verb: Verb,
    context: OperationContext,
    id: string | undefined,
    given: Properties[],
    work: (operation: Operation) => T | Promise<T>,
  ): Promise<T> {
    this.#deployment.keepSecret(given.flatMap(secretsOf));
    const task = () => words`${own(verb)} ${this.#type.label(id, Object.assign({}, ...given))}`;
    try {
      if (given.some((properties) => !properties)) throw defect(words`the properties of the resource are missing`);
      const [state = {}] = given;
      return await work(new Operation(this.#deployment, context, task, originOf(state)));
    } catch (error) {
      throw operationError(this.#deployment, words`cannot ${task()}`, error);
    }
  }
}

/** Adds the origin to the state that a partial failure records. */
function recordingIn(origin: () => Origin | Promise<Origin>): (error: unknown) => Promise<never> {
  return async (error) => {
    if (!(error instanceof PartialFailure)) throw error;
    const { id, outs } = error.recorded;
    throw new PartialFailure(error.cause, { id, outs: { ...outs, ...(await origin()) } });
  };
}
