import type { Client } from "./api/client";
import type { Lists } from "./api/lists";
import { type Budget, startBudget } from "./api/retry";
import type { Deployment } from "./deployment";
import { type Log, waitNotice } from "./log";
import type { Origin } from "./origin";
import type { Settings } from "./settings";
import { type Words, words } from "./words";

/** The context that a host passes to one operation on one resource. */
export interface OperationContext {
  /** Identifies the resource among those of the deployment. */
  owner: string;
  /**
   * The owner recorded in the state; `""` where there is none. After a rename with an alias it stays the old
   * one until another property changes.
   */
  ownerInState: string;
  /** The name to use if the program sets none; absent if the program sets one. */
  autoName?: string | undefined;
  /** How long each step of the operation may retry, in milliseconds. @default `retrySeconds` of the settings */
  timeoutMs?: number | undefined;
  /** Shows a line to the user during the operation. @default the log of the deployment */
  log?: Log | undefined;
}

/** One operation on one resource of a deployment, with a time budget that all its steps share. */
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
   * @param recorded the origin that the state records
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
    this.#budget ??= this.startWait();
    return this.#budget;
  }

  /**
   * Starts a budget of `ms` milliseconds, by default those of one step, which ends when the deployment is
   * cancelled.
   */
  startWait(ms = this.#stepMs): Budget {
    const { clock, signal } = this.deployment;
    return startBudget(clock, ms, { signal, onLongWait: this.#reportWait });
  }

  /**
   * Starts a budget of `ms` milliseconds, by default those of one step, that a cancellation does not end. It
   * is for a step that must complete however long the earlier ones took.
   */
  startBudget(ms = this.#stepMs): Budget {
    return startBudget(this.deployment.clock, ms, { onLongWait: this.#reportWait });
  }

  /**
   * Checks that this run uses the account and the endpoint to which the resource was deployed. It must be
   * called before a resource that was not found is treated as deleted.
   *
   * @throws ProviderError `Provider.WrongAccount`, `Provider.AccountUnknown`
   */
  confirmOrigin(): Promise<void> {
    return this.deployment.origins.confirm(this.#recorded);
  }

  get #stepMs(): number {
    return this.#context.timeoutMs ?? this.settings.retryMs;
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
