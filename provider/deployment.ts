import type { Client } from "./api/client";
import { type Clock, systemClock } from "./api/clock";
import type { Lists } from "./api/lists";
import { type Backoff, DEFAULT_BACKOFF } from "./api/retry";
import type { Connection } from "./connection";
import type { Host } from "./host";
import { readSettings, type Settings } from "./settings";
import type { Environment } from "./settings/keys";

/** What a deployment takes from outside; each has a real default. */
export interface DeploymentOptions {
  environment?: Environment;
  clock?: Clock;
  backoff?: Backoff;
  /** How long the template of a create whose response was lost is looked for, in milliseconds. @default 15000 */
  reconcileMs?: number;
}

/**
 * What the resources of one deployment share: the settings, the client, the lists, and what each resource type keeps of
 * the others. A provider process serves one deployment.
 */
export class Deployment {
  readonly host: Host;
  readonly clock: Clock;
  readonly backoff: Backoff;
  readonly reconcileMs: number;
  readonly #environment: Environment;
  readonly #shared = new Map<new () => unknown, unknown>();
  readonly #turns = new Map<string, Promise<unknown>>();
  readonly #secrets = new Set<string>();
  #settings: Settings | undefined;
  #connection: Connection | undefined;

  constructor(host: Host, options: DeploymentOptions = {}) {
    this.host = host;
    this.#environment = options.environment ?? process.env;
    this.clock = options.clock ?? systemClock;
    this.backoff = options.backoff ?? DEFAULT_BACKOFF;
    this.reconcileMs = options.reconcileMs ?? 15_000;
  }

  /**
   * The settings, read when they are first asked for, since a host may be configured later than it is made. No
   * credentials are needed, and no call is made.
   *
   * @throws ProviderError `Provider.InvalidConfiguration`.
   */
  get settings(): Settings {
    this.#settings ??= readSettings(this.host, this.#environment);
    return this.#settings;
  }

  get client(): Client {
    return this.#connect().client;
  }

  get lists(): Lists {
    return this.#connect().lists;
  }

  /** Whether errors carry a stack: `TENCENTCLOUD_LIVE_DEBUG` is 1, true or yes. Known even where the settings are wrong. */
  get debug(): boolean {
    return /^(1|true|yes)$/i.test(this.#environment["TENCENTCLOUD_LIVE_DEBUG"]?.trim() ?? "");
  }

  /** The one instance of a class that all operations of this deployment share, for example its claims. */
  shared<T>(type: new () => T): T {
    const instance = this.#shared.get(type) ?? new type();
    this.#shared.set(type, instance);
    return instance as T;
  }

  /** Runs `work` after all earlier work of the same key has ended, whatever came of that. */
  serialize<T>(key: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.#turns.get(key) ?? Promise.resolve()).then(work, work);
    this.#turns.set(key, turn);
    return turn;
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
      const { host, settings, backoff, clock } = this;
      const keepSecret = (secrets: readonly string[]) => this.keepSecret(secrets);
      this.#connection = connect({ host, environment: this.#environment, settings, backoff, clock, keepSecret });
    }
    return this.#connection;
  }
}
