import type { RuleInfo } from "../../api/contract/live";
import type { Operation } from "../../operation";
import { findRule, formatKey } from "../ruleKey";
import { BindingClaims } from "./claims";
import { verifyDomain } from "./domain";
import { type DomainBindingInputs, ruleKeyOf } from "./inputs";
import { moveRule } from "./move";
import { boundElsewhere, createRule } from "./rules";

/** Verifies the domain of a new binding, and fetches the rules meanwhile. */
export function prepareBinding(operation: Operation, { domainName }: DomainBindingInputs): Promise<unknown> {
  return Promise.all([verifyDomain(operation, domainName), operation.lists.rules.get()]);
}

/**
 * Creates the rule of a binding, takes over the one that an interrupted run left, or moves one that may be
 * taken.
 */
export async function createBinding(operation: Operation, inputs: DomainBindingInputs): Promise<RuleInfo> {
  const { templateId, adopt } = inputs;
  const key = ruleKeyOf(inputs);
  const { rules } = operation.lists;
  const listed = findRule(await rules.get(), key);
  const existing = listed && findRule(await rules.refetch(), key);
  if (!existing) return createRule(operation, key, templateId);
  if (existing.TemplateId === templateId) return existing;
  if (!adopt && !operation.deployment.shared(BindingClaims).isLeft(formatKey(key), existing.TemplateId))
    throw boundElsewhere(key, existing);
  return moveRule(operation, key, existing.TemplateId, templateId);
}
