import type { RuleInfo } from "../../api/contract/live";
import type { ProviderError } from "../../api/errors";
import type { Operation } from "../../operation";
import { bindingKey, findRule, formatKey, type RuleKey } from "../ruleKey";
import { StackTemplates } from "../stackTemplates";
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
  if (!adopt && !(await isGivenUp(operation, existing))) throw heldByAnother(operation, key, existing);
  return moveRule(operation, key, existing.TemplateId, templateId);
}

/** How long a create waits for the check of the resource that holds its rule, in milliseconds. */
const CHECK_WAIT_MS = 5_000;

/**
 * Returns whether another resource of the stack gives up a rule. The engine creates resources while it still
 * checks others. A rule of a template of this stack may therefore be given up a moment later.
 */
async function isGivenUp({ deployment }: Operation, rule: RuleInfo): Promise<boolean> {
  const claims = deployment.shared(BindingClaims);
  const [key, { TemplateId }] = [bindingKey(rule), rule];
  const isKept = claims.isRecorded(key, TemplateId);
  const mayBeGivenUp = !isKept && deployment.shared(StackTemplates).has(TemplateId);
  if (!claims.isLeft(key, TemplateId) && mayBeGivenUp) {
    const givenUp = new AbortController();
    claims.onLeave(key, () => givenUp.abort());
    await deployment.clock.sleep(CHECK_WAIT_MS, AbortSignal.any([deployment.signal, givenUp.signal]));
  }
  return claims.isLeft(key, TemplateId);
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
