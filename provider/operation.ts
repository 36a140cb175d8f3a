import type { Client } from "./api/client";
import type { Lists } from "./api/lists";
import { type Budget, startBudget } from "./api/retry";
import type { Deployment } from "./deployment";
import { type Log, waitNotice } from "./log";
import type { Origin } from "./origin";
import type { Settings } from "./settings";
import { type Words, words } from "./words";

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
  /** How long the operation may retry, in milliseconds. @default `retrySeconds` of the settings */
  timeoutMs?: number | undefined;
  /** Shows a line about the operation while it goes on. @default the log of the deployment */
  log?: Log | undefined;
}

/** One operation on one resource of a deployment, with a budget of time that all its steps share. */
export class Operation {
  readonly deployment: Deployment;
  readonly owner: string;
  readonly ownerInState: string;
  readonly autoName: string | undefined;
  readonly #context: OperationContext;
  readonly #task: () => Words;
  readonly #recorded: Origin;
  #budget: Budget | undefined;

  /**
   * @param task what it does, for messages: `create callback template "hooks"`
   * @param recorded where the resource was deployed, by its state
   */
  constructor(deployment: Deployment, context: OperationContext, task: () => Words, recorded: Origin = {}) {
    this.deployment = deployment;
    this.owner = context.owner;
    this.ownerInState = context.ownerInState;
    this.autoName = context.autoName;
    this.#context = context;
    this.#task = task;
    this.#recorded = recorded;
  }

  /** The budget of the whole operation, which starts on first use. */
  get budget(): Budget {
    this.#budget ??= this.startWait(this.#context.timeoutMs ?? this.settings.retryMs);
    return this.#budget;
  }

  /** Starts a budget of `ms` milliseconds, which ends when the deployment is cancelled. */
  startWait(ms = this.settings.retryMs): Budget {
    const { clock, signal } = this.deployment;
    return startBudget(clock, ms, { signal, onLongWait: this.#reportWait });
  }

  /**
   * Starts a budget of `ms` milliseconds, which also a cancelled deployment keeps: for a step that must be
   * completed however long the earlier ones took.
   */
  startBudget(ms = this.settings.retryMs): Budget {
    return startBudget(this.deployment.clock, ms, { onLongWait: this.#reportWait });
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

  readonly #reportWait = (failure: unknown, remainingMs: number): void => {
    this.deployment.log("info", waitNotice(failure, remainingMs, words`to ${this.#task()}`), this.#context.log);
  };

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
