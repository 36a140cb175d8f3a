/** How many entries of a record are kept. */
const KEPT = 10_000;

/** The last 10,000 entries of a record, oldest first. */
export class Recent<T> {
  #entries: T[] = [];

  add(entry: T): void {
    this.#entries.push(entry);
    // Trims rarely, because each trim copies the entries.
    if (this.#entries.length > 2 * KEPT) this.#entries = this.list();
  }

  list(): T[] {
    return this.#entries.slice(-KEPT);
  }

  clear(): void {
    this.#entries = [];
  }
}

/** The last 10,000 values by key. A value that is set again counts as new. */
export class RecentByKey<T> extends Map<string, T> {
  override set(key: string, value: T): this {
    this.delete(key);
    super.set(key, value);
    for (const oldest of this.keys()) {
      if (this.size <= KEPT) break;
      this.delete(oldest);
    }
    return this;
  }
}
