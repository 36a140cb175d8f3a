import { LiveError, ProviderError } from "./api/errors";
import type { Deployment } from "./deployment";
import { Operation, type OperationContext } from "./operation";
import type { Properties } from "./properties";
import { redact, secretsOf } from "./redaction";
import type { ValidationResult } from "./validation";

/** In which properties a resource differs from its state. None: nothing is to be done. */
export interface Difference {
  /** The properties that differ, or that are not known yet. */
  properties: string[];
  /** Those of them that a new resource has to be made for. */
  replaces: string[];
}

/** A resource as it is. */
export interface ResourceState {
  id: string;
  /** The whole state: everything that later operations get as the old state. */
  outs: Record<string, unknown>;
}

/** A resource as the cloud has it, with the inputs that a program would declare for it. */
export interface ReadState extends ResourceState {
  inputs: Record<string, unknown>;
}

/**
 * The lifecycle of one resource type, in the order in which an engine calls it. It knows no host: properties are plain
 * values or {@link UNKNOWN}, and hold nothing that a host has added. `check` and `diff` make no API call.
 */
export interface ResourceType {
  /** How messages call a resource, for example `callback template "hooks"`. */
  label(id: string | undefined, properties: Properties): string;
  /** Why there is nothing to read under an id, for a program that reads a resource which it does not manage. */
  missing(id: string): string;
  /** Brings inputs to canonical form, or says everything that is wrong with them. */
  check(operation: Operation, olds: Properties, news: Properties): ValidationResult;
  /** Compares the old state with new inputs. */
  diff(operation: Operation, id: string, olds: Properties, news: Properties): Difference;
  create(operation: Operation, inputs: Properties): Promise<ResourceState>;
  /** `undefined`: it is gone. */
  read(operation: Operation, id: string, outs: Properties): Promise<ReadState | undefined>;
  /** The new state. */
  update(operation: Operation, id: string, olds: Properties, news: Properties): Promise<Record<string, unknown>>;
  delete(operation: Operation, id: string, outs: Properties): Promise<void>;
}

/** An operation failed half-way: the host records what there is, and the next update goes on from there. */
export class PartialFailure extends Error {
  override name = "PartialFailure";
  readonly recorded: ResourceState;

  constructor(failure: unknown, recorded: ResourceState) {
    super("failed half-way", { cause: failure });
    this.recorded = recorded;
  }
}

/** The error for something to read that is not there. */
export function getNotFound(reason: string): ProviderError {
  return new ProviderError(reason, { code: "Provider.NotFound", remedy: "Check the id that get was given." });
}

/** What an operation on a resource is refused or failed with: one line, in one format, without a secret. */
export class OperationError extends Error {
  override name = "OperationError";
  /** The state of a resource that exists all the same. */
  readonly recorded: ResourceState | undefined;
  /** Where it happened, without a secret; only for whoever looks for a defect. */
  readonly trace: string;

  constructor(message: string, trace: string, recorded: ResourceState | undefined) {
    super(message);
    this.trace = trace;
    this.recorded = recorded;
  }
}

/** The operations on a resource, as messages name them. */
type Verb = "check" | "compare" | "create" | "read" | "update" | "delete";

/** Runs operations on the resources of one type. Whatever they throw leaves as an {@link OperationError}. */
export class Lifecycle {
  readonly #deployment: Deployment;
  readonly #type: ResourceType;

  constructor(deployment: Deployment, type: ResourceType) {
    this.#deployment = deployment;
    this.#type = type;
  }

  check(context: OperationContext, olds: Properties, news: Properties): Promise<ValidationResult> {
    return this.#run("check", context, undefined, [olds, news], (operation) => {
      // A wrong setting is refused at preview, too.
      void operation.settings;
      return this.#type.check(operation, olds, news);
    });
  }

  diff(context: OperationContext, id: string, olds: Properties, news: Properties): Promise<Difference> {
    return this.#run("compare", context, id, [olds, news], (operation) => this.#type.diff(operation, id, olds, news));
  }

  create(context: OperationContext, inputs: Properties): Promise<ResourceState> {
    return this.#call("create", context, undefined, [inputs], (operation) => this.#type.create(operation, inputs));
  }

  /** Without an old state it is a read of a resource that the program does not manage: it must be there. */
  read(context: OperationContext, id: string, outs?: Properties): Promise<ReadState | undefined> {
    return this.#call("read", context, id, [outs ?? {}], async (operation) => {
      const state = await this.#type.read(operation, id, outs ?? {});
      if (!state && !outs) throw getNotFound(this.#type.missing(id));
      return state;
    });
  }

  update(context: OperationContext, id: string, olds: Properties, news: Properties): Promise<Record<string, unknown>> {
    return this.#call("update", context, id, [olds, news], (operation) => this.#type.update(operation, id, olds, news));
  }

  delete(context: OperationContext, id: string, outs: Properties): Promise<void> {
    return this.#call("delete", context, id, [outs], (operation) => this.#type.delete(operation, id, outs));
  }

  /** Runs an operation that calls the API: its budget begins now. */
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
    try {
      return await work(new Operation(this.#deployment, context));
    } catch (error) {
      const subject = this.#type.label(id, Object.assign({}, ...given));
      throw operationError(this.#deployment, `cannot ${verb} ${subject}`, error);
    }
  }
}

function operationError(deployment: Deployment, what: string, error: unknown): OperationError {
  const { cause, recorded } = error instanceof PartialFailure ? error : { cause: error, recorded: undefined };
  const { reason, remedy, codes } = partsOf(cause);
  const secrets = deployment.secrets();
  const hidden = (text: string): string => redact(text, secrets);
  // Machines read the codes: a secret of a few letters does not spoil them.
  const hiddenCodes = redact(
    codes,
    secrets.filter((secret) => secret.length >= 8),
  );
  const sentences = [`${what}: ${hidden(reason)}.`, hidden(remedy), hiddenCodes].filter(Boolean).join(" ");
  // The cause itself stays here: its message may hold what was removed from this one's.
  const trace = hidden(textOf(() => (cause as Error)?.stack));
  return new OperationError(sentences.replace(/\s*[\r\n]+\s*/g, " "), trace, recorded);
}

/** The codes of a failure, in the form that machines read at the end of every message. */
export function codesOf({ code, action = "none", requestId = "none", retryable }: LiveError): string {
  return `(code=${code} action=${action} requestId=${requestId} retryable=${retryable})`;
}

function partsOf(error: unknown): { reason: string; remedy: string; codes: string } {
  const failure = error instanceof LiveError ? error : defect(error);
  return { reason: failure.message, remedy: failure.remedy, codes: codesOf(failure) };
}

function defect(error: unknown): ProviderError {
  return new ProviderError(
    textOf(() => (error instanceof Error ? error.message : error)),
    {
      code: "Provider.Defect",
      remedy:
        "This is a defect of pulumi-tencentcloud-live: please report it, with what TENCENTCLOUD_LIVE_DEBUG=1 adds.",
    },
  );
}

/** Any value as text; there are some that cannot even be turned into it. */
function textOf(value: () => unknown): string {
  try {
    return String(value());
  } catch {
    return "something was thrown that has no text";
  }
}
