import type { Operation } from "./operation";
import type { Properties } from "./properties";
import type { ValidationResult } from "./validation";
import type { Phrase } from "./words";

/** The properties in which a resource differs from its state. If there are none, no update is needed. */
export interface Difference {
  /** The properties that differ, or that are not known yet. */
  properties: string[];
  /** The differing properties whose change requires a replacement. */
  replaces: string[];
  /** Whether a replacement must delete first, because the new resource would take over the old one. */
  deleteBeforeReplace?: true;
}

/** The id and the state of a resource. */
export interface ResourceState {
  id: string;
  /** The whole state; later operations receive it as the old state. */
  outs: Record<string, unknown>;
}

/** The state of a resource in the cloud, with the inputs that a program would declare for it. */
export interface ReadState extends ResourceState {
  inputs: Record<string, unknown>;
}

/**
 * The lifecycle of one resource type, in the order in which an engine calls it. It does not depend on a host:
 * properties are plain values or {@link UNKNOWN}, without any that a host has added. `check` and `diff` make
 * no API call.
 */
export interface ResourceType {
  /** Returns the name of a resource in messages, for example `callback template "hooks"`. */
  label(id: string | undefined, properties: Properties): Phrase;
  /**
   * Returns why there is nothing to read under an id, for a program that reads a resource it does not manage.
   */
  missing(id: string): Phrase;
  /** Converts inputs to canonical form, or reports everything that is wrong with them. */
  check(operation: Operation, olds: Properties, news: Properties): ValidationResult;
  /** Compares the old state with new inputs. */
  diff(operation: Operation, id: string, olds: Properties, news: Properties): Difference;
  /**
   * Returns the outputs of a create or an update, with {@link UNKNOWN} for those not known in advance.
   *
   * @param id absent for a create
   */
  expected(inputs: Properties, id?: string, olds?: Properties): Properties;
  /** Fetches and checks what `create` needs before it writes. The account is looked up at the same time. */
  prepare?(operation: Operation, inputs: Properties): Promise<unknown>;
  create(operation: Operation, inputs: Properties): Promise<ResourceState>;
  /** Reads the resource. Returns `undefined` where it does not exist in the account of this run. */
  read(operation: Operation, id: string, outs: Properties): Promise<ReadState | undefined>;
  /** Updates the resource. Returns the new state. */
  update(operation: Operation, id: string, olds: Properties, news: Properties): Promise<Record<string, unknown>>;
  delete(operation: Operation, id: string, outs: Properties): Promise<void>;
}

/**
 * The failure of an operation that has changed something. The host records `recorded`, from which the next
 * update continues.
 */
export class PartialFailure extends Error {
  override name = "PartialFailure";
  readonly recorded: ResourceState;

  constructor(failure: unknown, recorded: ResourceState) {
    super("failed half-way", { cause: failure });
    this.recorded = recorded;
  }
}
