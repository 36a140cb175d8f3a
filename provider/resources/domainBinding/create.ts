import type { RuleInfo } from "../../api/contract/live";
import type { Operation } from "../../operation";
import { findRule, formatKey, type RuleKey } from "../ruleKey";
import { BindingClaims } from "./claims";
import { verifyDomain } from "./domain";
import { type DomainBindingInputs, ruleKeyOf } from "./inputs";
import { moveRule } from "./move";
import { boundElsewhere, createRule } from "./rules";

/**
 * Creates the rule of a binding, takes over the one that an interrupted run left, or moves one that may be
 * taken.
 */
export async function createBinding(operation: Operation, inputs: DomainBindingInputs): Promise<RuleInfo> {
  const key = ruleKeyOf(inputs);
  // Fetches both lists at once.
  await Promise.all([verifyDomain(operation, key.domainName), operation.lists.rules.get()]);
  return bind(operation, key, inputs);
}

/** Binds a key that may be free, bound to this template already, or bound to another one. */
async function bind(operation: Operation, key: RuleKey, { templateId, adopt }: DomainBindingInputs): Promise<RuleInfo> {
  const { rules } = operation.lists;
  const listed = findRule(await rules.get(), key);
  const existing = listed && findRule(await rules.refetch(), key);
  if (!existing) return createRule(operation, key, templateId);
  if (existing.TemplateId === templateId) return existing;
  if (!adopt && !operation.deployment.shared(BindingClaims).isLeft(formatKey(key), existing.TemplateId))
    throw boundElsewhere(key, existing);
  return moveRule(operation, key, existing.TemplateId, templateId);
}
