/**
 * Which names and keys the resources of one deployment claim, so that no resource takes what another one holds, and a
 * resource that leaves the program does not remove what another one has taken over.
 *
 * The engine tells a provider neither which resource a call is about nor what the program declares. What can be known:
 * `check` runs for every declared resource, before the deletes of those that left the program, and with the old inputs
 * if the resource exists. Reads and diffs say nothing, since a refresh makes them for resources about to be deleted.
 */
export class Claims {
  readonly #declared = new Set<string>();
  readonly #held = new Set<string>();
  readonly #sought = new Set<string>();
  readonly #taken = new Set<string>();
  readonly #owners = new Map<string, string>();

  /** A resource of the program wants this key; `holds` says that it exists already and keeps it. */
  declare(key: string, holds: boolean): void {
    this.#declared.add(key);
    if (holds) this.#held.add(key);
    else this.#sought.add(key);
  }

  /** Notes who wants a key, where that is known. `false` if it is somebody else than before. */
  own(key: string, owner: string): boolean {
    if (owner === "") return true;
    const known = this.#owners.get(key) ?? owner;
    this.#owners.set(key, known);
    return known === owner;
  }

  /** The holder is about to change: it may be replaced, and then creates the key again itself. */
  loosen(key: string): void {
    this.#held.delete(key);
  }

  /** The holder changed in place. */
  hold(key: string): void {
    this.#held.add(key);
  }

  /** A create of this deployment took the key. */
  take(key: string): void {
    this.#taken.add(key);
  }

  /** The create failed, and holds nothing. */
  release(key: string): void {
    this.#taken.delete(key);
  }

  isDeclared(key: string): boolean {
    return this.#declared.has(key);
  }

  isHeld(key: string): boolean {
    return this.#held.has(key);
  }

  /**
   * Whether the resource that is about to create this key would take it from another one. Where only holders declare
   * the key, it is the holder itself: its replacement was interrupted after the delete.
   */
  isHeldByAnother(key: string): boolean {
    return this.#held.has(key) && this.#sought.has(key);
  }

  isTaken(key: string): boolean {
    return this.#taken.has(key);
  }
}
