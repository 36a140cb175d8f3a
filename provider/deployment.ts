import type { Client } from "./api/client";
import { type Clock, systemClock } from "./api/clock";
import type { Lists } from "./api/lists";
import { type Backoff, DEFAULT_BACKOFF } from "./api/retry";
import type { Connection } from "./connection";
import type { Host } from "./host";
import type { Log, Severity } from "./log";
import { Origins } from "./origin";
import { redactor } from "./redaction";
import { readSettings, type Settings, secretSettings } from "./settings";
import type { Environment } from "./settings/keys";
import { oneLine, type Words } from "./words";

/** The dependencies of a deployment; the defaults are those of a real run. */
export interface DeploymentOptions {
  environment?: Environment;
  clock?: Clock;
  backoff?: Backoff;
  /**
   * How long to look for a template whose create got no response, in milliseconds.
   *
   * @default 15000
   */
  reconcileMs?: number;
  /** @default the log of the host */
  log?: Log;
}

/**
 * The state that the resources of one deployment share: the settings, the client, the lists and the claims of
 * each resource type. A provider process serves one deployment.
 */
export class Deployment {
  readonly host: Host;
  readonly clock: Clock;
  readonly backoff: Backoff;
  readonly reconcileMs: number;
  readonly origins: Origins = new Origins(this);
  readonly #environment: Environment;
  readonly #log: Log;
  readonly #shared = new Map<new () => unknown, unknown>();
  readonly #turns = new Map<string, Promise<unknown>>();
  readonly #secrets = new Set<string>();
  readonly #cancellation = new AbortController();
  #isStopped = false;
  #settings: Settings | undefined;
  #connection: Connection | undefined;

  constructor(host: Host, options: DeploymentOptions = {}) {
    this.host = host;
    this.#environment = options.environment ?? process.env;
    this.clock = options.clock ?? systemClock;
    this.backoff = options.backoff ?? DEFAULT_BACKOFF;
    this.reconcileMs = options.reconcileMs ?? 15_000;
    this.#log = options.log ?? host.log;
  }

  /** Ends the waits and retries of all operations. */
  get signal(): AbortSignal {
    return this.#cancellation.signal;
  }

  /**
   * Ends all waits and retries. A request in flight still completes, and so does a step that completes or
   * undoes an earlier one.
   */
  cancel(): void {
    this.#cancellation.abort();
  }

  /** Cancels, and prevents further writes: the engine can no longer record their results. */
  stop(): void {
    this.#isStopped = true;
    this.cancel();
  }

  /**
   * The settings, read on first use because a host may be configured after it is created. Reading them needs
   * no credentials and makes no API call.
   *
   * @throws ProviderError `Provider.InvalidConfiguration`.
   */
  get settings(): Settings {
    if (!this.#settings) {
      this.keepSecret(secretSettings(this.host, this.#environment));
      this.#settings = readSettings(this.host, this.#environment);
    }
    return this.#settings;
  }

  get client(): Client {
    return this.#connect().client;
  }

  get lists(): Lists {
    return this.#connect().lists;
  }

  /**
   * Returns the account of this run. With `onceWithinMs`, it sends one request to STS for the same credentials,
   * which times out after that many milliseconds.
   */
  account(onceWithinMs?: number): Promise<string> {
    return this.#connect().account(onceWithinMs);
  }

  /**
   * Whether errors carry a stack: `TENCENTCLOUD_LIVE_DEBUG` is 1, true or yes. Does not depend on valid
   * settings.
   */
  get debug(): boolean {
    return /^(1|true|yes)$/i.test(this.#environment["TENCENTCLOUD_LIVE_DEBUG"]?.trim() ?? "");
  }

  /** Returns the instance of a class that all operations of this deployment share, for example its claims. */
  shared<T>(type: new () => T): T {
    const instance = this.#shared.get(type) ?? new type();
    this.#shared.set(type, instance);
    return instance as T;
  }

  /** Runs `work` after all earlier work with the same key has ended, whether it succeeded or failed. */
  serialize<T>(key: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.#turns.get(key) ?? Promise.resolve()).then(work, work);
    this.#turns.set(key, turn);
    return turn;
  }

  /** Hides these secrets, of a resource or of credentials, in every later message of the deployment. */
  keepSecret(secrets: readonly string[]): void {
    for (const secret of secrets) this.#secrets.add(secret);
  }

  /** The secrets that no message may show. */
  secrets(): string[] {
    return [...this.#secrets];
  }

  /** Writes a message on one line, without secrets, to a log; by default to that of the deployment. */
  log(severity: Severity, message: Words, log: Log = this.#log): void {
    log(severity, oneLine(message, redactor(this.#secrets)));
  }

  #connect(): Connection {
    if (!this.#connection) {
      // Loaded on first use: a preview and a no-op update make no call.
      const { connect } = require("./connection") as typeof import("./connection");
      const { host, settings, backoff, clock, signal } = this;
      const keepSecret = (secrets: readonly string[]) => this.keepSecret(secrets);
      const log = (severity: Severity, message: Words) => this.log(severity, message);
      const mayWrite = () => !this.#isStopped;
      this.#connection = connect({
        host,
        environment: this.#environment,
        settings,
        backoff,
        clock,
        keepSecret,
        log,
        signal,
        mayWrite,
        recordedAccounts: () => this.origins.accounts(),
      });
    }
    return this.#connection;
  }
}
