import { live } from "../../provider/api/contract/live";
import type { Service } from "../../provider/api/contract/service";
import type { EmulatedAction } from "../actions";
import type { Fault } from "../faults";
import { Recent } from "../recent";

/** One call of a known action. The record is in the order in which calls took effect or were rejected. */
export interface CallEntry {
  /** The action that was called. */
  action: EmulatedAction;
  /** The request as it was sent, secrets included. */
  request: Record<string, unknown>;
  /** The code of the API's error. A call without it and without `prevented` took effect. */
  code?: string;
  /** The kind of the fault that affected the call. */
  fault?: Fault["kind"];
  /** Set if the fault kept the action from taking effect. */
  prevented?: true;
}

/** Returns whether an action changes the account. */
export function isWriting(action: string): boolean {
  const contract: Service["actions"][string] | undefined = live.actions[action as keyof typeof live.actions];
  return contract?.writes === true;
}

/** The record of the last calls, and the counts of all calls. */
export class CallRecord {
  readonly #entries = new Recent<CallEntry>();
  readonly #counts = new Map<EmulatedAction, number>();

  add(entry: CallEntry): void {
    this.#counts.set(entry.action, (this.#counts.get(entry.action) ?? 0) + 1);
    this.#entries.add(entry);
  }

  /** The last 10,000 calls, oldest first. */
  list(): CallEntry[] {
    return this.#entries.list();
  }

  count(): Partial<Record<EmulatedAction, number>> {
    return Object.fromEntries(this.#counts);
  }

  clear(): void {
    this.#entries.clear();
    this.#counts.clear();
  }
}
