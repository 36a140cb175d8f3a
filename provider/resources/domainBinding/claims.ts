/**
 * Which rules the bindings of one deployment declare, and which they give up, so that a rule is never deleted, for not a
 * moment, when another resource goes on with it. Like the claims of
 * templates, it knows of the program only by `check`.
 */
export class BindingClaims {
  readonly #declared = new Map<string, { owner: string; templateId: number | undefined }>();
  readonly #left = new Map<string, number>();

  /**
   * The program declares the rule of a key for a resource. `false` if it declares it for another one already. The
   * template may not be known yet.
   */
  declare(key: string, owner: string, templateId: number | undefined): boolean {
    const first = this.#declared.get(key)?.owner ?? owner;
    if (first === owner) this.#declared.set(key, { owner, templateId });
    return first === owner;
  }

  /** Whether the program declares a key. */
  isDeclared(key: string): boolean {
    return this.#declared.has(key);
  }

  /** The template that the program declares for a key, if it is known. */
  declaredTemplate(key: string): number | undefined {
    return this.#declared.get(key)?.templateId;
  }

  /** A resource gives up the rule of a key, which points to this template, to whoever declares it now. */
  leave(key: string, templateId: number): void {
    this.#left.set(key, templateId);
  }

  isLeft(key: string, templateId: number): boolean {
    return this.#left.get(key) === templateId;
  }
}
