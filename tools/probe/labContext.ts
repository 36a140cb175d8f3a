import { pollUntil, startBudget } from "../../provider/api/retry";
import { Unsettled } from "./answers";
import type { Ownership } from "./ownership";
import type { Wire } from "./wire";

export interface LabOptions {
  wire: Wire;
  owner: Ownership;
  /** The prefix of all names. */
  run: string;
  domain: string;
  otherDomain: string | undefined;
  callbackUrl: string;
  print: (line: string) => void;
  /** How long a change may take to become visible, in milliseconds. */
  settleMs: number;
}

/** The account, unique names, and polling, for trials. */
export class LabContext {
  #names = 0;

  constructor(readonly options: LabOptions) {}

  get wire(): Wire {
    return this.options.wire;
  }

  /** The callback URL of the templates. */
  get url(): string {
    return this.options.callbackUrl;
  }

  /** Returns a new name for a template or an app. */
  newName(): string {
    return `${this.options.run}-${++this.#names}`;
  }

  /** A subdomain of the user's domain that does not exist, so that no other account has it either. */
  get unknownDomain(): string {
    return `${this.options.run}.${this.options.domain}`;
  }

  /**
   * Polls until `look` returns a value, because lists and reads may lag behind writes. Returns `undefined`
   * after the time limit.
   */
  poll<T>(look: () => Promise<T | undefined>): Promise<T | undefined> {
    return pollUntil(look, startBudget(this.wire.clock, this.options.settleMs), this.wire.backoff);
  }

  /** Polls until `look` returns a value. @throws Unsettled after the time limit */
  async eventually<T>(otherwise: string, look: () => Promise<T | undefined>): Promise<T> {
    const found = await this.poll(look);
    if (found === undefined) throw new Unsettled(`${otherwise}, after ${this.options.settleMs / 1000} s`);
    return found;
  }
}
