import { AsyncLocalStorage } from "node:async_hooks";
import type { dynamic } from "@pulumi/pulumi";
import type { Client } from "./api/client";
import type { Lists } from "./api/lists";
import { type Backoff, type Budget, DEFAULT_BACKOFF, startBudget } from "./api/retry";
import type { Connection } from "./connection";
import { Claims } from "./resources/callbackTemplate/claims";
import { BindingClaims } from "./resources/domainBinding/claims";
import { readSettings, type Settings } from "./settings";
import { type Environment, type GetConfig, NAMESPACE } from "./settings/keys";

/** Of the process, not of a session: Node carries every storage that was ever used along with every promise. */
const runningOperation = new AsyncLocalStorage<Budget>();

/** What a session takes from outside; each has a real default. */
export interface DeploymentOptions {
  environment?: Environment;
  /** The current time in milliseconds since 1970. */
  now?: () => number;
  backoff?: Backoff;
  /** How long the template of a create whose answer was lost is looked for, in milliseconds. @default 15000 */
  reconcileMs?: number;
}

/** What the resources of one deployment share: the settings, the client, the lists and the claims. */
export class Deployment {
  readonly now: () => number;
  readonly backoff: Backoff;
  readonly reconcileMs: number;
  /** Which resource of this deployment holds which template name. */
  readonly templateClaims = new Claims();
  /** Which resource of this deployment declares or gives up which domain and app. */
  readonly bindingClaims = new BindingClaims();
  readonly #turns = new Map<string, Promise<unknown>>();
  readonly #environment: Environment;
  readonly #secrets = new Set<string>();
  #config: GetConfig = () => undefined;
  #settings: Settings | undefined;
  #connection: Connection | undefined;

  constructor(options: DeploymentOptions = {}) {
    this.#environment = options.environment ?? process.env;
    this.now = options.now ?? Date.now;
    this.backoff = options.backoff ?? DEFAULT_BACKOFF;
    this.reconcileMs = options.reconcileMs ?? 15_000;
  }

  /**
   * Keeps the stack's configuration. It neither waits nor checks anything: the host hands the provider out before
   * `configure` is through, and swallows what it throws. It is called once per resource type, always with the same
   * configuration.
   */
  configure(request: dynamic.ConfigureRequest): void {
    this.#config = (key) => {
      const value: unknown = request.config.get(`${NAMESPACE}:${key}`);
      return value === undefined || value === null || value === "" ? undefined : String(value);
    };
  }

  /** Reads the settings now, so that a wrong one is refused at preview. No credentials are needed, and no call is made. */
  checkSettings(): void {
    void this.settings;
  }

  get settings(): Settings {
    this.#settings ??= readSettings(this.#config, this.#environment);
    return this.#settings;
  }

  get client(): Client {
    return this.#connect().client;
  }

  get lists(): Lists {
    return this.#connect().lists;
  }

  /** Whether errors carry a stack; known even where the settings are wrong. */
  get debug(): boolean {
    return Boolean(this.#environment["TENCENTCLOUD_LIVE_DEBUG"]);
  }

  /** Runs `work` after all earlier work of the same key is through, whatever came of that. */
  serialize<T>(key: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.#turns.get(key) ?? Promise.resolve()).then(work, work);
    this.#turns.set(key, turn);
    return turn;
  }

  /** Runs one operation on one resource with a budget that all its steps share. */
  operate<T>(work: () => Promise<T>): Promise<T> {
    return runningOperation.run(this.startBudget(), work);
  }

  /** The budget of the operation that is running. */
  get budget(): Budget {
    return runningOperation.getStore() ?? this.startBudget();
  }

  /** A budget of its own, for a step that must not starve because earlier ones took long. */
  startBudget(): Budget {
    return startBudget(this.settings.retryMs);
  }

  /** Keeps secrets of a resource, or of credentials, out of every later message about any resource of the deployment. */
  keepSecret(secrets: readonly string[]): void {
    for (const secret of secrets) this.#secrets.add(secret);
  }

  /** The secrets that no message may show. */
  secrets(): string[] {
    return [...this.#secrets];
  }

  #connect(): Connection {
    if (!this.#connection) {
      // Loaded when it is needed: a preview, and an update without changes, make no call.
      const { connect } = require("./connection") as typeof import("./connection");
      const { settings, backoff, now } = this;
      const keepSecret = (secrets: readonly string[]) => this.keepSecret(secrets);
      const [config, environment] = [this.#config, this.#environment];
      this.#connection = connect({ config, environment, settings, backoff, now, keepSecret });
    }
    return this.#connection;
  }
}
