import { pollUntil, startBudget } from "../../provider/api/retry";
import { Unsettled } from "./answers";
import type { Ownership } from "./ownership";
import type { Wire } from "./wire";

export interface LabOptions {
  wire: Wire;
  owner: Ownership;
  /** The beginning of every name it makes. */
  run: string;
  domain: string;
  otherDomain: string | undefined;
  callbackUrl: string;
  print: (line: string) => void;
  /** How long a change may take to show, in milliseconds. */
  settleMs: number;
}

/** What trials need: the account, names of their own, and patience. */
export class LabContext {
  #names = 0;

  constructor(readonly options: LabOptions) {}

  get wire(): Wire {
    return this.options.wire;
  }

  /** The URL that templates carry. */
  get url(): string {
    return this.options.callbackUrl;
  }

  /** A name that nothing has had before, for a template or an app. */
  newName(): string {
    return `${this.options.run}-${++this.#names}`;
  }

  /** A domain that does not exist: below the user's own, so that no other account has it either. */
  get unknownDomain(): string {
    return `${this.options.run}.${this.options.domain}`;
  }

  /**
   * Looks until there is something, for lists and reads may lag behind writes; `undefined` where nothing
   * comes.
   */
  sought<T>(look: () => Promise<T | undefined>): Promise<T | undefined> {
    return pollUntil(look, startBudget(this.wire.clock, this.options.settleMs), this.wire.backoff);
  }

  /** Looks until there is something, where the question is about something else. */
  async eventually<T>(otherwise: string, look: () => Promise<T | undefined>): Promise<T> {
    const found = await this.sought(look);
    if (found === undefined) throw new Unsettled(`${otherwise}, after ${this.options.settleMs / 1000} s`);
    return found;
  }
}
