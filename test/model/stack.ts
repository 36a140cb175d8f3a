import type { Lifecycle, Stored, Values } from "../support/cloud";
import { urnOf } from "./program";
import type { Kind } from "./urns";

/** A resource in the state. */
export interface StackResource extends Stored {
  kind: Kind;
  name: string;
  /** The URNs that it got values from when it was last written. */
  dependsOn: string[];
  /** The old half of a replacement, to be deleted last. */
  pendingDelete?: true;
  /** Deleted as the first half of a replacement whose second half has not come yet. */
  pendingReplacement?: true;
  /** The last operation failed half-way: the next run updates it whether or not it differs. */
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

  /** The state after a step: `old` is gone, `now` is there. */
  record(old: StackResource | undefined, now: StackResource | undefined): void {
    const at = old ? this.resources.indexOf(old) : -1;
    if (at < 0) {
      if (now) this.resources.push(now);
    } else this.resources.splice(at, 1, ...(now ? [now] : []));
  }

  /**
   * What an alias does: a resource of the state goes on under another name. `false` where that name is not free, or the
   * cloud's name of a template comes from the one that it had.
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

/** How a deployment ended, and with what errors. */
export interface Outcome {
  result: "succeeded" | "failed" | "crashed" | "interrupted";
  failures: Failure[];
}

/** What an error of create or update says to record. */
export function partOf(error: unknown): { id: string; properties: Values; reasons: string[] } | undefined {
  const { id, properties, reasons } = error as { id?: string; properties?: Values; reasons?: string[] };
  return id !== undefined && properties ? { id, properties, reasons: reasons ?? [] } : undefined;
}
