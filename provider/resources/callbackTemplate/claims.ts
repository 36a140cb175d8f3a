import { ProviderError } from "../../api/errors";
import type { Operation } from "../../operation";
import { isUnknown, type Properties } from "../../properties";
import type { CheckFailure } from "../../validation";
import { own, type Phrase, quoted, words } from "../../words";
import type { CanonicalTemplate } from "./canonical";
import { isNew } from "./inputs";

/**
 * The names and ids that the templates of one deployment claim. Claims prevent a resource from taking a
 * template that another resource has, and a resource that leaves the program from deleting a template that
 * another resource has taken over, or is to adopt.
 *
 * The host identifies the resource of a call by its owner. `check` runs for every declared resource, before
 * any resource that left the program is deleted. It therefore shows what the program declares. Reads and
 * diffs do not, because a refresh also makes them for resources that are about to be deleted.
 */
export class TemplateClaims {
  /** The owners of the declared resources, and whether each resource is new. */
  readonly #present = new Map<string, boolean>();
  readonly #declared = new Map<string, string>();
  /** For each key, the owners of the resources that have it, by the owner in their state. */
  readonly #holders = new Map<string, Map<string, string>>();
  readonly #takers = new Map<string, string>();
  /** The key that each new resource with `adopt` is to take, by owner. */
  readonly #adoptions = new Map<string, string>();
  readonly #recorded = new Map<number, CanonicalTemplate>();

  /**
   * Records that the program declares a resource, which may claim no key until its diff. For a replacement, the
   * engine checks an existing resource again as a new one.
   */
  declareResource(owner: string, isNew: boolean): void {
    this.#present.set(owner, isNew && this.#present.get(owner) !== false);
  }

  /**
   * Records that the program declares a key for a resource. Returns `false` if another resource has declared
   * it.
   */
  declare(key: string, owner: string): boolean {
    const first = this.#declared.get(key) ?? owner;
    this.#declared.set(key, first);
    return first === owner;
  }

  /** Returns whether the program declares this resource, and also declares the key for another one. */
  isDeclaredByAnother(key: string, owner: string): boolean {
    return this.#present.has(owner) && (this.#declared.get(key) ?? owner) !== owner;
  }

  /**
   * Records that a resource in the state has this key. The record counts only if the program declares the
   * resource. After a rename with an alias, the state has the old owner until another property changes.
   */
  hold(key: string, owner: string, ownerInState: string): void {
    this.#holders.set(key, (this.#holders.get(key) ?? new Map()).set(ownerInState, owner));
  }

  /** Records a template from the state, the only source of the fields that the API does not return. */
  record(templateId: number, template: CanonicalTemplate): void {
    this.#recorded.set(templateId, template);
  }

  /** Returns a template from a state that this deployment has compared. */
  recorded(templateId: number): CanonicalTemplate {
    return this.#recorded.get(templateId) ?? { callbackKey: "" };
  }

  /** Records that a create of this deployment took the key. */
  take(key: string, owner: string): void {
    this.#takers.set(key, owner);
  }

  /** Withdraws the claim of a create that failed without changing anything. */
  release(key: string): void {
    this.#takers.delete(key);
  }

  /** Records the key that a resource adopts if it is new: only a create reads `adopt`. */
  adopt(key: string, owner: string): void {
    if (this.#present.get(owner)) this.#adoptions.set(owner, key);
  }

  /**
   * Returns the keys of adoptions by other resources that have not succeeded: they have failed, or will never
   * be tried. An adoption by the same resource belongs to its replacement.
   */
  openAdoptionsByOthers(owner: string): string[] {
    const done = new Set([owner, ...this.#takers.values()]);
    return [...this.#adoptions].filter(([adopter]) => !done.has(adopter)).map(([, key]) => key);
  }

  /** Returns whether a resource of the program other than this new one has this key or has taken it. */
  isHeldByAnother(key: string, owner: string): boolean {
    const taker = this.#takers.get(key) ?? owner;
    return taker !== owner || this.#declaredHolders(key).some(([, holder]) => holder !== owner);
  }

  /**
   * Returns whether the program has a resource with this key, or one that took it, other than the resource
   * whose state has this owner.
   */
  isSharedWithAnother(key: string, ownerInState: string): boolean {
    return this.#takers.has(key) || this.#declaredHolders(key).some(([inState]) => inState !== ownerInState);
  }

  #declaredHolders(key: string): [ownerInState: string, owner: string][] {
    return [...(this.#holders.get(key) ?? [])].filter(([, holder]) => this.#present.has(holder));
  }
}

export const nameClaim = (name: unknown): string => `name ${String(name)}`;
export const idClaim = (id: unknown): string => `id ${String(id)}`;

/**
 * Advice on a conflict of automatic names. A renamed resource keeps its automatic name, and a new resource
 * under its old logical name gets the same one.
 */
const HOW_TO_NAME = own(
  "it is an automatic name, which a template keeps when its resource is renamed or moved: " +
    "give the new resource a templateName",
);

/** Records the claim of a declared resource. Returns a failure if another resource of the program has it. */
export function declareTemplate(
  { deployment, owner, autoName }: Operation,
  olds: Properties,
  inputs: Properties,
): CheckFailure[] {
  const claims = deployment.shared(TemplateClaims);
  const { templateName, adopt } = inputs;
  claims.declareResource(owner, isNew(olds));
  if (typeof adopt === "number") {
    claims.adopt(idClaim(adopt), owner);
    // Templates adopted by id may share a name. For an existing resource, `diff` reports the conflict.
    const isFree =
      claims.declare(idClaim(adopt), owner) && !(isNew(olds) && claims.isHeldByAnother(idClaim(adopt), owner));
    return isFree
      ? []
      : [{ property: "adopt", reason: words`another resource of this program already has template ${adopt}` }];
  }
  // A template that keeps its name only claims its id, in `diff`.
  if (templateName === undefined || isUnknown(templateName)) return [];
  if (adopt === true) claims.adopt(nameClaim(templateName), owner);
  if (claims.declare(nameClaim(templateName), owner)) return [];
  const reason = words`another resource of this program already has the templateName ${quoted(String(templateName))}`;
  return [{ property: "templateName", reason: autoName === undefined ? reason : words`${reason}; ${HOW_TO_NAME}` }];
}

/** Creates the error for a template that belongs to another resource of the same program. */
export function duplicateResourceError(templateId: number, remedy: Phrase): ProviderError {
  const reason = words`another resource of this program already has template ${templateId}`;
  return new ProviderError(reason, { code: "Provider.DuplicateResource", remedy });
}
