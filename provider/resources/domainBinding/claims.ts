import type { Operation } from "../../operation";
import { knownNumber, type Properties } from "../../properties";
import type { CheckFailure } from "../../validation";
import { words } from "../../words";
import { formatKey } from "../ruleKey";
import { ruleKeyOf } from "./inputs";

/**
 * The rules that the bindings of one deployment declare, and the rules that they give up. A rule is never
 * deleted, even briefly, while another resource declares it. As for templates, only `check` shows what the
 * program declares.
 */
export class BindingClaims {
  readonly #declared = new Map<string, { owner: string; templateId: number | undefined }>();
  readonly #left = new Map<string, number | undefined>();
  readonly #recorded = new Map<string, number | undefined>();
  readonly #waiting = new Map<string, (() => void)[]>();

  /**
   * Records that the program declares the rule of a key for a resource. Returns `false` if another resource
   * has declared it. The template may not be known yet.
   */
  declare(key: string, owner: string, templateId: number | undefined): boolean {
    const first = this.#declared.get(key)?.owner ?? owner;
    if (first === owner) this.#declared.set(key, { owner, templateId });
    return first === owner;
  }

  /** Returns whether the program declares a key. */
  isDeclared(key: string): boolean {
    return this.#declared.has(key);
  }

  /** Returns the template that the program declares for a key, if it is known. */
  declaredTemplate(key: string): number | undefined {
    return this.#declared.get(key)?.templateId;
  }

  /**
   * Records that a resource gives up the rule of a key, which points to this template, to the resource that
   * now declares it.
   */
  leave(key: string, templateId: number | undefined): void {
    this.#left.set(key, templateId);
    for (const proceed of this.#waiting.get(key) ?? []) proceed();
    this.#waiting.delete(key);
  }

  /** Calls `proceed` once a resource gives up the rule of a key. */
  onLeave(key: string, proceed: () => void): void {
    this.#waiting.set(key, [...(this.#waiting.get(key) ?? []), proceed]);
  }

  isLeft(key: string, templateId: number): boolean {
    return this.#left.get(key) === templateId;
  }

  /** Records that a resource in the state has the rule of a key, which points to this template. */
  record(key: string, templateId: number | undefined): void {
    this.#recorded.set(key, templateId);
  }

  /**
   * Returns whether this deployment has compared a resource in the state that has this rule. `false` proves
   * nothing: a resource that has left the program is compared only by a refresh.
   */
  isRecorded(key: string, templateId: number): boolean {
    return this.#recorded.get(key) === templateId;
  }
}

/** Records the claim of a declared resource. Returns a failure if another resource of the program has it. */
export function declareBinding({ deployment, owner }: Operation, olds: Properties, inputs: Properties): CheckFailure[] {
  const claims = deployment.shared(BindingClaims);
  const key = formatKey(ruleKeyOf(inputs));
  const oldKey = olds["domainName"] === undefined ? undefined : formatKey(ruleKeyOf(olds));
  const { templateId } = inputs;
  const isFirst = claims.declare(key, owner, knownNumber(templateId));
  // If two bindings swap their domains, each create finds a rule that its holder is giving up.
  if (oldKey !== undefined && oldKey !== key) claims.leave(oldKey, knownNumber(olds["templateId"]));
  if (isFirst) return [];
  return [{ property: "domainName", reason: words`another resource of this program already binds ${key}` }];
}
