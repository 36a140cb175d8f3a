import { ProviderError } from "../../api/errors";
import type { Operation } from "../../operation";
import { isUnknown, type Properties } from "../../properties";
import type { CheckFailure } from "../../validation";

/**
 * Which names and ids the templates of one deployment claim, so that no resource takes what another one has, and
 * a resource that leaves the program does not remove what another one has taken over.
 *
 * The host tells which resource a call is about, the owner here. What the program declares is known from `check`, which
 * runs for every declared resource before the deletes of those that left the program. Reads and diffs alone say nothing
 * about it, since a refresh makes them for resources that are about to be deleted too.
 */
export class TemplateClaims {
  readonly #present = new Set<string>();
  readonly #declared = new Map<string, string>();
  /** By key: the resources that have it, by the owner that their state names. */
  readonly #holders = new Map<string, Map<string, string>>();
  readonly #takers = new Map<string, string>();

  /** The program declares a key for a resource. `false` if it declares it for another one already. */
  declare(key: string, owner: string): boolean {
    this.#present.add(owner);
    const first = this.#declared.get(key) ?? owner;
    this.#declared.set(key, first);
    return first === owner;
  }

  /**
   * A resource of the state has this key. It counts if the program declares the resource. Its state names an older
   * owner if it was renamed with an alias, and nothing else has changed since.
   */
  hold(key: string, owner: string, ownerInState: string): void {
    this.#holders.set(key, (this.#holders.get(key) ?? new Map()).set(ownerInState, owner));
  }

  /** A create of this deployment took the key. */
  take(key: string, owner: string): void {
    this.#takers.set(key, owner);
  }

  /** The create failed, and has nothing. */
  release(key: string): void {
    this.#takers.delete(key);
  }

  /** Whether a resource of the program that has this key, or has taken it, is another one than this new one. */
  isAnothers(key: string, owner: string): boolean {
    const taker = this.#takers.get(key) ?? owner;
    return taker !== owner || this.#declaredHolders(key).some(([, holder]) => holder !== owner);
  }

  /** Whether another resource of the program has this key, or has taken it, than the one whose state names this owner. */
  isSharedWithAnother(key: string, ownerInState: string): boolean {
    return this.#takers.has(key) || this.#declaredHolders(key).some(([inState]) => inState !== ownerInState);
  }

  #declaredHolders(key: string): [ownerInState: string, owner: string][] {
    return [...(this.#holders.get(key) ?? [])].filter(([, holder]) => this.#present.has(holder));
  }
}

const nameClaim = (name: unknown): string => `name ${String(name)}`;
export const idClaim = (id: unknown): string => `id ${String(id)}`;

/** Records what a declared resource wants. Returns why another resource of the program stands in its way. */
export function declareTemplate(
  { deployment, owner }: Operation,
  olds: Properties,
  inputs: Properties,
): CheckFailure[] {
  const claims = deployment.shared(TemplateClaims);
  const { templateName, adopt } = inputs;
  if (typeof adopt === "number") {
    // Of templates adopted by id several may have one name. One that has it already is told by its diff.
    const isNew = olds["templateName"] === undefined;
    const free = claims.declare(idClaim(adopt), owner) && !(isNew && claims.isAnothers(idClaim(adopt), owner));
    return free
      ? []
      : [{ property: "adopt", reason: `another resource of this program has template ${adopt} already` }];
  }
  if (isUnknown(templateName) || claims.declare(nameClaim(templateName), owner)) return [];
  const reason = `another resource of this program has the templateName ${JSON.stringify(templateName)} already`;
  return [{ property: "templateName", reason }];
}

/** The error for a template that belongs to another resource of the same program. */
export function duplicateResourceError(templateId: number, remedy: string): ProviderError {
  const reason = `another resource of this program has template ${templateId} already`;
  return new ProviderError(reason, { code: "Provider.DuplicateResource", remedy });
}
