import type { Rule, Store, Template } from "../account/store";

/** What decides where events go. */
export interface Bindings {
  templates: ReadonlyMap<number, Template>;
  rules: ReadonlyMap<string, Rule>;
}

/** Templates and rules as they are in effect: every change of the store counts only after a delay. */
export class Propagation {
  readonly #store: Store;
  readonly #delayMs: number;
  readonly #clock: () => number;
  /** What was written, oldest first. The first one is in effect, unless it waits for the delay too. */
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

  /** Takes the store as it is, with effect at once. */
  clear(): void {
    this.#versions = [{ writtenAt: Number.NEGATIVE_INFINITY, bindings: copyOf(this.#store) }];
  }

  /** The version that was the newest at a time. */
  #indexAt(time: number): number {
    return Math.max(
      0,
      this.#versions.findLastIndex(({ writtenAt }) => writtenAt <= time),
    );
  }
}

/** The stored objects themselves never change. */
const copyOf = ({ templates, rules }: Store): Bindings => ({ templates: new Map(templates), rules: new Map(rules) });
