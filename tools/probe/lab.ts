import { pollUntil, startBudget } from "../../provider/api/retry";
import { Unsettled } from "./answers";
import type { Ownership } from "./ownership";
import { TrialRules } from "./trialRules";
import { TrialTemplates } from "./trialTemplates";
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

/** Where questions are tried out: templates and rules, each under a name of its own, that go again after each question. */
export class Lab {
  readonly templates: TrialTemplates;
  readonly rules: TrialRules;
  #names = 0;

  constructor(readonly options: LabOptions) {
    this.templates = new TrialTemplates(this);
    this.rules = new TrialRules(this);
  }

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

  /** A domain that does not exist: below the user's own, so that it is nobody else's either. */
  get unknownDomain(): string {
    return `${this.options.run}.${this.options.domain}`;
  }

  /** Removes what a question made. What resists is left for the sweep at the end. */
  async tidy(): Promise<void> {
    await this.rules.removeAll();
    await this.templates.removeAll();
  }

  /** Looks until there is something, for lists and reads may lag behind writes; `undefined` where nothing comes. */
  sought<T>(look: () => Promise<T | undefined>): Promise<T | undefined> {
    return pollUntil(look, startBudget(this.options.settleMs), this.wire.backoff);
  }

  /** Looks until there is something, where the question is about something else. */
  async eventually<T>(otherwise: string, look: () => Promise<T | undefined>): Promise<T> {
    const found = await this.sought(look);
    if (found === undefined) throw new Unsettled(`${otherwise}, after ${this.options.settleMs / 1000} s`);
    return found;
  }
}
