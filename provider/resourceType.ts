import type { Operation } from "./operation";
import type { Properties } from "./properties";
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
