import type { RuleInfo } from "../../api/contract/live";
import { beijingTime } from "../../api/contract/time";
import {
  isDuplicateRule,
  isNotFound,
  isRetryable,
  isTransient,
  mayHaveExecuted,
  ProviderError,
  withOutcome,
} from "../../api/errors";
import { MAX_AGE_BEFORE_DELETE_MS } from "../../api/lists";
import { retryWhile } from "../../api/retry";
import type { Operation } from "../../operation";
import { joinWords, own, words } from "../../words";
import { bindingKey, findRule, formatKey, type RuleKey } from "../ruleKey";

/**
 * Creates the rule of a key that has no rule. If the outcome is unknown, or the API reports a duplicate, the
 * list is fetched again. A rule that points to another template is kept.
 *
 * @param completing whether it completes a move or restores the rule that a failed move deleted, which a
 *   cancelled run also does
 */
export function createRule(
  operation: Operation,
  key: RuleKey,
  templateId: number,
  completing = false,
): Promise<RuleInfo> {
  const request = { DomainName: key.domainName, AppName: key.appName, TemplateId: templateId };
  const attempt = async (): Promise<RuleInfo> => {
    try {
      await operation.client.send("CreateLiveCallbackRule", request, completing);
    } catch (error) {
      if (isNotFound(error)) throw withOutcome(error, words`it was to be bound to template ${templateId}`);
      if (!isDuplicateRule(error) && !mayHaveExecuted(error) && !isTransient(error)) throw error;
      const rules = await operation.lists.rules.refetch().catch(() => []);
      const rule = findRule(rules, key);
      if (!rule) throw error;
      if (rule.TemplateId !== templateId) throw boundElsewhere(key, rule);
      return rule;
    }
    const time = beijingTime(operation.deployment.clock.now(), "rfc3339");
    const rule = { ...request, CreateTime: time, UpdateTime: time };
    operation.lists.rules.applyWrite((rules) => [...without(rules, key), rule]);
    return rule;
  };
  const budget = completing ? operation.startBudget() : operation.startWait();
  return retryWhile(attempt, isRetryable, budget, operation.deployment.backoff);
}

/**
 * Deletes the rule of a key if it points to this template in a list that is at most 2 s old. The list is
 * fetched again before every retry.
 *
 * @param onUnknownOutcome called after a delete that failed, but that the API may have executed
 */
export function deleteRule(
  operation: Operation,
  key: RuleKey,
  templateId: number,
  onUnknownOutcome: () => void = () => undefined,
): Promise<void> {
  const { rules } = operation.lists;
  let wasFound = false;
  const attempt = async (): Promise<void> => {
    const listed = await (wasFound ? rules.refetch() : rules.get(MAX_AGE_BEFORE_DELETE_MS));
    const isThere = findRule(listed, key)?.TemplateId === templateId;
    // A rule that an earlier attempt has found shows that this is the right account.
    if (!isThere && !wasFound) await operation.confirmOrigin();
    if (!isThere) return;
    wasFound = true;
    try {
      await operation.client.send("DeleteLiveCallbackRule", { DomainName: key.domainName, AppName: key.appName });
    } catch (error) {
      if (mayHaveExecuted(error) || isTransient(error)) onUnknownOutcome();
      if (!isNotFound(error)) throw error;
    }
    rules.applyWrite((list) => without(list, key));
  };
  return retryWhile(attempt, isRetryable, operation.budget, operation.deployment.backoff);
}

const without = (rules: readonly RuleInfo[], key: RuleKey): RuleInfo[] => {
  const unwanted = formatKey(key);
  return rules.filter((rule) => bindingKey(rule) !== unwanted);
};

/**
 * Creates the error for a key that is bound to another template.
 *
 * @param more the holder of the rule, as the end of a clause, and advice on the likely cause
 */
export function boundElsewhere(
  key: RuleKey,
  { TemplateId }: RuleInfo,
  more: { holder?: string; advice?: string } = {},
): ProviderError {
  const { holder = "", advice } = more;
  const reason = words`${formatKey(key)} is already bound to template ${TemplateId}${own(holder)}`;
  const remedy = own("To move the domain to this template, unbind it there, or set adopt: true.");
  return new ProviderError(reason, {
    code: "Provider.AlreadyBound",
    // A resource of the same stack usually has another name or parent now.
    remedy: joinWords(holder ? [advice && own(advice), remedy] : [remedy, advice && own(advice)], " "),
  });
}
