import type { Client } from "./client";
import { type Clock, startAge } from "./clock";
import type { DomainInfo, RuleInfo, TemplateInfo } from "./contract/live";
import { isEmptyList, isForbidden } from "./errors";
import type { Budget } from "./retry";

/** The default maximum age of a list, in milliseconds. */
export const MAX_AGE_MS = 10_000;

/**
 * The maximum age, in milliseconds, of a list that a delete relies on: changes by others within that time may
 * be lost.
 */
export const MAX_AGE_BEFORE_DELETE_MS = 2_000;

/** The effect of one of our writes on a list; applying it must be idempotent. */
export type Change<T> = (items: readonly T[]) => readonly T[];

/**
 * One list of the cloud, shared by all resources of a deployment. Concurrent calls share one fetch, our own
 * writes are applied to the list, and a list older than 10 s is fetched again. A failed fetch is not kept.
 */
export class SharedList<T> {
  readonly #fetch: () => Promise<readonly T[]>;
  readonly #clock: Clock;
  readonly #maxAgeMs: number;
  #kept: { items: readonly T[]; ageMs: () => number } | undefined;
  #running: Promise<readonly T[]> | undefined;
  #following: Promise<readonly T[]> | undefined;
  /** Our writes since the running fetch began: its response may lack them. */
  #changes: Change<T>[] = [];

  constructor(fetch: () => Promise<readonly T[]>, clock: Clock, maxAgeMs = MAX_AGE_MS) {
    this.#maxAgeMs = maxAgeMs;
    this.#fetch = fetch;
    this.#clock = clock;
  }

  /** Returns the list, at most `maxAgeMs` milliseconds old. */
  get(maxAgeMs = this.#maxAgeMs): Promise<readonly T[]> {
    if (this.#kept && this.#kept.ageMs() < maxAgeMs) return Promise.resolve(this.#kept.items);
    return this.#running ?? this.#following ?? this.#start();
  }

  /** Returns the list as fetched after this call. All calls during a fetch share the next one. */
  refetch(): Promise<readonly T[]> {
    // Checked first, because it briefly outlives `#running`: concurrent fetches would lose writes.
    if (this.#following) return this.#following;
    if (!this.#running) return this.#start();
    this.#following = this.#running
      .catch(() => undefined)
      .then(() => {
        this.#following = undefined;
        return this.#start();
      });
    return this.#following;
  }

  /** Applies one of our writes that the cloud has confirmed. */
  applyWrite(change: Change<T>): void {
    if (this.#running) this.#changes.push(change);
    if (this.#kept) this.#kept.items = change(this.#kept.items);
  }

  #start(): Promise<readonly T[]> {
    this.#changes = [];
    const ageMs = startAge(this.#clock);
    this.#running = this.#fetch()
      .then((fetched) => {
        const items = this.#changes.reduce((list, change) => change(list), fetched);
        this.#kept = { items, ageMs };
        return items;
      })
      .finally(() => {
        this.#running = undefined;
      });
    return this.#running;
  }
}

/** The three lists of an account that the resources share. */
export interface Lists {
  templates: SharedList<TemplateInfo>;
  rules: SharedList<RuleInfo>;
  /** All push domains. */
  domains: SharedList<DomainInfo>;
}

/** Creates the lists of the account of `client`. Each fetch has a budget of its own. */
export function createLists(client: Client, clock: Clock, budget: () => Budget): Lists {
  const templates = async () => (await client.call("DescribeLiveCallbackTemplates", {}, budget())).Templates;
  const rules = async () => (await client.call("DescribeLiveCallbackRules", {}, budget())).Rules;
  return {
    templates: new SharedList(templates, clock),
    rules: new SharedList(rules, clock),
    // Fetched once per deployment: this list only serves to report early what the API would reject anyway.
    domains: new SharedList(() => pushDomains(client, budget()), clock, Number.POSITIVE_INFINITY),
  };
}

const PAGE_SIZE = 100;

async function pushDomains(client: Client, budget: Budget): Promise<DomainInfo[]> {
  const domains: DomainInfo[] = [];
  for (let page = 1; ; page++) {
    const request = { DomainType: 0, PageSize: PAGE_SIZE, PageNum: page };
    const { AllCount, DomainList } = await client
      .call("DescribeLiveDomains", request, budget)
      .catch((error: unknown) => {
        if (isEmptyList(error) || isForbidden(error)) return { AllCount: 0, DomainList: [] };
        throw error;
      });
    domains.push(...DomainList);
    if (DomainList.length === 0 || domains.length >= AllCount) return domains;
  }
}
