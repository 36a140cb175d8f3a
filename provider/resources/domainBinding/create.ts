import type { RuleInfo } from "../../api/contract/live";
import type { ProviderError } from "../../api/errors";
import type { Operation } from "../../operation";
import { findRule, formatKey, type RuleKey } from "../ruleKey";
import { BindingClaims } from "./claims";
import { verifyDomain } from "./domain";
import { type DomainBindingInputs, ruleKeyOf } from "./inputs";
import { moveRule } from "./move";
import { boundElsewhere, createRule } from "./rules";

/** Verifies the domain of a new binding, and fetches the rules concurrently. */
export function prepareBinding(operation: Operation, { domainName }: DomainBindingInputs): Promise<unknown> {
  return Promise.all([verifyDomain(operation, domainName), operation.lists.rules.get()]);
}

/**
 * Creates the rule of a binding, takes over the rule that an interrupted run left, or moves a rule that this
 * binding may take.
 */
export async function createBinding(operation: Operation, inputs: DomainBindingInputs): Promise<RuleInfo> {
  const { templateId, adopt } = inputs;
  const key = ruleKeyOf(inputs);
  const { rules } = operation.lists;
  const listed = findRule(await rules.get(), key);
  const existing = listed && findRule(await rules.refetch(), key);
  if (!existing) return createRule(operation, key, templateId);
  if (existing.TemplateId === templateId) return existing;
  const mayTake = adopt || operation.deployment.shared(BindingClaims).isLeft(formatKey(key), existing.TemplateId);
  if (!mayTake) throw heldByAnother(operation, key, existing);
  return moveRule(operation, key, existing.TemplateId, templateId);
}

/**
 * Creates the error for a rule that another resource holds. The usual cause is a new name or parent: the
 * engine then creates a new resource, and deletes the old one only after all creates.
 */
function heldByAnother({ deployment }: Operation, key: RuleKey, rule: RuleInfo): ProviderError {
  const isOurs = deployment.shared(BindingClaims).isRecorded(formatKey(key), rule.TemplateId);
  const holder = isOurs ? ", by another resource of this stack" : "";
  return boundElsewhere(key, rule, { holder, advice: deployment.host.advice.moved });
}
