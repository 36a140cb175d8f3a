import type { Operation } from "../../operation";
import { knownNumber, type Properties } from "../../properties";
import type { CheckFailure } from "../../validation";
import { formatKey } from "../ruleKey";
import { ruleKeyOf } from "./inputs";

/**
 * Which rules the bindings of one deployment declare, and which they give up, so that a rule is never deleted, for not a
 * moment, when another resource goes on with it. Like the claims of
 * templates, it knows of the program only by `check`.
 */
export class BindingClaims {
  readonly #declared = new Map<string, { owner: string; templateId: number | undefined }>();
  readonly #left = new Map<string, number | undefined>();

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
  leave(key: string, templateId: number | undefined): void {
    this.#left.set(key, templateId);
  }

  isLeft(key: string, templateId: number): boolean {
    return this.#left.get(key) === templateId;
  }
}

/** Records what a declared resource wants. Returns why another resource of the program stands in its way. */
export function declareBinding({ deployment, owner }: Operation, olds: Properties, inputs: Properties): CheckFailure[] {
  const claims = deployment.shared(BindingClaims);
  const key = formatKey(ruleKeyOf(inputs));
  const oldKey = olds["domainName"] === undefined ? undefined : formatKey(ruleKeyOf(olds));
  const { templateId } = inputs;
  const isFirst = claims.declare(key, owner, knownNumber(templateId));
  // Two bindings may swap their domains: each create then finds a rule that its holder is giving up.
  if (oldKey !== undefined && oldKey !== key) claims.leave(oldKey, knownNumber(olds["templateId"]));
  if (isFirst) return [];
  return [{ property: "domainName", reason: `another resource of this program binds ${key} already` }];
}
