import type { Lifecycle, Stored, Values } from "../support/cloud";
import { urnOf } from "./program";
import type { Kind } from "./urns";

/** A resource in the state. */
export interface StackResource extends Stored {
  kind: Kind;
  name: string;
  /** The URNs on which the resource depended when it was last written. */
  dependsOn: string[];
  /** Whether this is the old resource of a replacement, which is deleted last. */
  pendingDelete?: true;
  /** Whether the resource was deleted for a replacement and has not been created yet. */
  pendingReplacement?: true;
  /** Whether the last operation failed partially, so that the next run updates the resource in any case. */
  initErrors?: string[];
}

/** A failure as the engine reports it. */
export interface Failure {
  urn: string;
  operation: "check" | "diff" | "create" | "update" | "delete" | "read";
  error: unknown;
}

/** The state of a stack between deployments. */
export class Stack {
  resources: StackResource[] = [];

  live(urn: string): StackResource | undefined {
    return this.resources.find((resource) => urnOf(resource) === urn && !resource.pendingDelete);
  }

  /** Replaces `old` by `now` after a step. */
  record(old: StackResource | undefined, now: StackResource | undefined): void {
    const at = old ? this.resources.indexOf(old) : -1;
    if (at < 0) {
      if (now) this.resources.push(now);
    } else this.resources.splice(at, 1, ...(now ? [now] : []));
  }

  /**
   * Renames a resource of the state, like an alias. Returns `false` if the new name is not free, or if the
   * template's name in the cloud derives from the old one.
   */
  rename({ kind, name }: { kind: Kind; name: string }, now: string): boolean {
    const [before, after] = [urnOf({ kind, name }), urnOf({ kind, name: now })];
    const resource = this.live(before);
    const free = this.resources.every((one) => urnOf(one) !== after);
    if (!resource || !free || resource.outs["automaticName"] !== undefined) return false;
    this.resources = this.resources.map((one) => ({
      ...one,
      ...(one === resource && { name: now }),
      dependsOn: one.dependsOn.map((urn) => (urn === before ? after : urn)),
    }));
    return true;
  }

  templateIds(): number[] {
    return this.resources.flatMap(({ kind, id }) => (kind === "template" ? [Number(id)] : []));
  }
}

/** The lifecycles of one provider process. */
export type Lifecycles = Record<Kind, Lifecycle>;

/** The result of a deployment, with its errors. */
export interface Outcome {
  result: "succeeded" | "failed" | "crashed" | "interrupted";
  failures: Failure[];
}

/** Returns the properties to record from an error of create or update. */
export function partOf(error: unknown): { id: string; properties: Values; reasons: string[] } | undefined {
  const { id, properties, reasons } = error as { id?: string; properties?: Values; reasons?: string[] };
  return id !== undefined && properties ? { id, properties, reasons: reasons ?? [] } : undefined;
}
