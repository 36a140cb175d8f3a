import type { Rule, Store, Template } from "../account/store";

/** The templates and rules that determine where events go. */
export interface Bindings {
  templates: ReadonlyMap<number, Template>;
  rules: ReadonlyMap<string, Rule>;
}

/** The templates and rules that are in effect. A change of the store takes effect after a delay. */
export class Propagation {
  readonly #store: Store;
  readonly #delayMs: number;
  readonly #clock: () => number;
  /** The versions of the store, oldest first. The newest one that is as old as the delay is in effect. */
  #versions: { writtenAt: number; bindings: Bindings }[] = [];

  constructor(store: Store, delayMs: number, clock: () => number) {
    this.#store = store;
    this.#delayMs = delayMs;
    this.#clock = clock;
    if (delayMs === 0) return;
    this.clear();
    store.onWrite(() => {
      const before = this.#clock() - this.#delayMs;
      this.#versions = this.#versions.slice(this.#indexAt(before));
      this.#versions.push({ writtenAt: this.#clock(), bindings: copyOf(this.#store) });
    });
  }

  inEffect(): Bindings {
    if (this.#delayMs === 0) return this.#store;
    return this.#versions[this.#indexAt(this.#clock() - this.#delayMs)]?.bindings ?? this.#store;
  }

  /** Puts the current content of the store into effect immediately. */
  clear(): void {
    this.#versions = [{ writtenAt: Number.NEGATIVE_INFINITY, bindings: copyOf(this.#store) }];
  }

  /** Returns the index of the version that was the newest at a time. */
  #indexAt(time: number): number {
    return Math.max(
      0,
      this.#versions.findLastIndex(({ writtenAt }) => writtenAt <= time),
    );
  }
}

/** Copies only the maps: stored objects never change. */
const copyOf = ({ templates, rules }: Store): Bindings => ({ templates: new Map(templates), rules: new Map(rules) });
