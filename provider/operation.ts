import type { Client } from "./api/client";
import type { Lists } from "./api/lists";
import { type Budget, startBudget } from "./api/retry";
import type { Deployment } from "./deployment";
import type { Origin } from "./origin";
import type { Settings } from "./settings";

/** What a host passes to one operation on one resource. */
export interface OperationContext {
  /** Identifies the resource among those of the deployment. */
  owner: string;
  /**
   * The owner recorded in the state; `""` where there is none. After a rename with an alias it stays the old
   * one until another property changes.
   */
  ownerInState: string;
  /** The name for a resource to which the program gives none; absent where the program gives one. */
  autoName?: string | undefined;
  /**
   * Ends the retries and waits of the operation. A request under way is finished, and so is a step that
   * completes or undoes an earlier one.
   */
  signal?: AbortSignal | undefined;
  /** How long the operation may retry, in milliseconds. @default `retrySeconds` of the settings */
  timeoutMs?: number | undefined;
}

/** One operation on one resource of a deployment, with a budget of time that all its steps share. */
export class Operation {
  readonly deployment: Deployment;
  readonly owner: string;
  readonly ownerInState: string;
  readonly autoName: string | undefined;
  readonly #recorded: Origin;
  readonly #signal: AbortSignal | undefined;
  readonly #timeoutMs: number | undefined;
  #budget: Budget | undefined;

  /** @param recorded where the resource was deployed, by its state */
  constructor(deployment: Deployment, context: OperationContext, recorded: Origin = {}) {
    const { owner, ownerInState, autoName, signal, timeoutMs } = context;
    this.deployment = deployment;
    this.owner = owner;
    this.ownerInState = ownerInState;
    this.autoName = autoName;
    this.#recorded = recorded;
    this.#signal = signal;
    this.#timeoutMs = timeoutMs;
  }

  /** The budget of the whole operation, which starts on first use. */
  get budget(): Budget {
    this.#budget ??= this.startWait(this.#timeoutMs ?? this.settings.retryMs);
    return this.#budget;
  }

  /** Starts a budget of `ms` milliseconds for waiting; the operation's signal ends it. */
  startWait(ms: number): Budget {
    return startBudget(this.deployment.clock, ms, this.#signal);
  }

  /**
   * Starts a separate budget of `ms` milliseconds, which no signal ends: for a step that must be completed
   * however long the earlier ones took.
   */
  startBudget(ms = this.settings.retryMs): Budget {
    return startBudget(this.deployment.clock, ms);
  }

  /**
   * Checks that something that is missing in the cloud is missing where the resource was deployed. It has to be
   * called before a missing thing is taken for deleted.
   *
   * @throws ProviderError `Provider.WrongAccount`, `Provider.AccountUnknown`
   */
  confirmOrigin(): Promise<void> {
    return this.deployment.origins.confirm(this.#recorded);
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
