import type { Client } from "./api/client";
import type { Lists } from "./api/lists";
import { type Budget, startBudget } from "./api/retry";
import type { Deployment } from "./deployment";
import type { Settings } from "./settings";

/** What a host tells of one operation on one resource. */
export interface OperationContext {
  /** Which resource of the program this is: it tells two resources of one deployment apart. */
  owner: string;
  /**
   * The owner that the state of the resource names, `""` where it has none: an older one after a rename with an alias,
   * until something else changes.
   */
  ownerInState: string;
  /** The name for a resource to which the program gives none; absent where the program gives one. */
  autoName?: string | undefined;
  /** Ends the retries and waits of the operation, not a request that is under way, nor what makes it good. */
  signal?: AbortSignal | undefined;
  /** How long the operation may go on retrying, in milliseconds. @default `retrySeconds` of the settings */
  timeoutMs?: number | undefined;
}

/** One operation on one resource of a deployment, with a budget of time that all its steps share. */
export class Operation {
  readonly deployment: Deployment;
  readonly owner: string;
  readonly ownerInState: string;
  readonly autoName: string | undefined;
  readonly #signal: AbortSignal | undefined;
  readonly #timeoutMs: number | undefined;
  #budget: Budget | undefined;

  constructor(deployment: Deployment, { owner, ownerInState, autoName, signal, timeoutMs }: OperationContext) {
    this.deployment = deployment;
    this.owner = owner;
    this.ownerInState = ownerInState;
    this.autoName = autoName;
    this.#signal = signal;
    this.#timeoutMs = timeoutMs;
  }

  /** The budget of the whole operation, which begins when it is first asked for. */
  get budget(): Budget {
    this.#budget ??= this.startWait(this.#timeoutMs ?? this.settings.retryMs);
    return this.#budget;
  }

  /** A budget for waiting, which ends with the operation's signal. */
  startWait(ms: number): Budget {
    return startBudget(this.deployment.clock, ms, this.#signal);
  }

  /** A budget of its own, for a step that must neither starve because earlier ones took long, nor be left half done. */
  startBudget(ms = this.settings.retryMs): Budget {
    return startBudget(this.deployment.clock, ms);
  }

  get settings(): Settings {
    return this.deployment.settings;
  }

  get client(): Client {
    return this.deployment.client;
  }

  get lists(): Lists {
    return this.deployment.lists;
  }
}
