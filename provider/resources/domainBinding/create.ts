import type { RuleInfo } from "../../api/contract/live";
import type { Operation } from "../../operation";
import { findRule, formatKey, type RuleKey } from "../account";
import { BindingClaims } from "./claims";
import type { DomainBindingInputs } from "./inputs";
import { moveRule } from "./move";
import { boundElsewhere, createRule } from "./rules";

/** Binds a key that may be free, bound to this template already, or bound to another one. */
export async function bind(
  operation: Operation,
  key: RuleKey,
  { templateId, adopt }: DomainBindingInputs,
): Promise<RuleInfo> {
  const { rules } = operation.lists;
  const listed = findRule(await rules.get(), key);
  const existing = listed && findRule(await rules.refetch(), key);
  if (!existing) return createRule(operation, key, templateId);
  if (existing.TemplateId === templateId) return existing;
  if (!adopt && !operation.deployment.shared(BindingClaims).isLeft(formatKey(key), existing.TemplateId))
    throw boundElsewhere(key, existing);
  return moveRule(operation, key, existing.TemplateId, templateId);
}
