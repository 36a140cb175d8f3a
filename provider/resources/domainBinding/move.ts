import type { RuleInfo } from "../../api/contract/live";
import { ProviderError, reasonOf, withOutcome } from "../../api/errors";
import type { Budget } from "../../api/retry";
import type { Operation } from "../../operation";
import type { Properties } from "../../properties";
import { PartialFailure } from "../../resourceType";
import { words } from "../../words";
import { describeTemplate } from "../describeTemplate";
import { findRule, formatKey, type RuleKey } from "../ruleKey";
import type { DomainBindingInputs } from "./inputs";
import { boundElsewhere, createRule, deleteRule } from "./rules";

/** Points a binding to another template, starting from the rule in the cloud, not from the state. */
export async function rebind(
  operation: Operation,
  key: RuleKey,
  olds: Properties,
  news: DomainBindingInputs,
): Promise<RuleInfo> {
  const { templateId: to, adopt } = news;
  const rule = await ruleToMove(operation, key, to);
  if (rule?.TemplateId === to) return rule;
  if (!rule) await operation.confirmOrigin();
  if (rule && rule.TemplateId !== Number(olds["templateId"]) && !adopt) throw boundElsewhere(key, rule);
  try {
    return rule ? await moveRule(operation, key, rule.TemplateId, to) : await createRule(operation, key, to);
  } catch (failure) {
    return outcomeOf(operation, key, olds, news, failure);
  }
}

/**
 * Points a rule that its resource gives up to the template that another resource declares for it. The other
 * resource may have no operation in this run, because its state may already have the template from an
 * interrupted run.
 */
export async function handOver(operation: Operation, key: RuleKey, from: number, to: number): Promise<void> {
  const rule = await ruleToMove(operation, key, to);
  if (rule?.TemplateId !== from && rule?.TemplateId !== to) await operation.confirmOrigin();
  if (rule && rule.TemplateId !== from) return;
  await (rule ? moveRule(operation, key, from, to) : createRule(operation, key, to));
}

/** Checks that the new template exists, and returns the current rule of the key. */
async function ruleToMove(operation: Operation, key: RuleKey, to: number): Promise<RuleInfo | undefined> {
  const [templates, rules] = await Promise.all([operation.lists.templates.refetch(), operation.lists.rules.refetch()]);
  const exists = templates.some(({ TemplateId }) => TemplateId === to) || (await describeTemplate(operation, to));
  if (exists) return findRule(rules, key);
  await operation.confirmOrigin();
  throw new ProviderError(words`there is no template ${to}; nothing was changed`, {
    code: "Provider.NotFound",
    remedy: words`Bind it to a template that exists.`,
  });
}

/**
 * Returns the new rule if it exists although the change failed. Otherwise throws the failure. If the old rule
 * exists, the state is still correct. If no rule exists, the failure carries the state, so that the next
 * update creates the rule even if the program has been reverted.
 */
async function outcomeOf(
  operation: Operation,
  key: RuleKey,
  olds: Properties,
  news: DomainBindingInputs,
  failure: unknown,
): Promise<RuleInfo> {
  const rules = await operation.lists.rules.refetch().catch(() => undefined);
  const rule = rules && findRule(rules, key);
  if (rule?.TemplateId === news.templateId) return rule;
  if (rule) throw failure;
  const id = formatKey(key);
  const outcome = rules ? words`${id} is not bound now` : words`it could not be determined whether ${id} is bound now`;
  throw new PartialFailure(withOutcome(failure, outcome), { id, outs: { ...olds } });
}

/**
 * Points the rule of a key to another template. The API cannot change a rule, so the rule is deleted and
 * immediately created again. If that fails, the old rule is restored. A cancelled run completes or restores a
 * rule whose delete was sent.
 *
 * @throws LiveError the failure, and whether the old rule was restored
 */
export async function moveRule(operation: Operation, key: RuleKey, from: number, to: number): Promise<RuleInfo> {
  await deleteOldRule(operation, key, from);
  try {
    return await createRule(operation, key, to, true);
  } catch (failure) {
    const outcome = await createRule(operation, key, from, true).then(
      () => words`the rule for template ${from} was put back`,
      (error: unknown) => words`putting back the rule for template ${from} failed too: ${reasonOf(error)}`,
    );
    throw withOutcome(failure, outcome);
  }
}

/**
 * Deletes the rule that is to be moved. If the delete fails although it may have been executed, and a list
 * shows no rule, the move has begun and must continue.
 */
async function deleteOldRule(operation: Operation, key: RuleKey, from: number): Promise<void> {
  // Started here, so that the delete and the list take one step together.
  const budget = operation.startBudget();
  let mayBeDeleted = false;
  const onUnknownOutcome = (): void => {
    mayBeDeleted = true;
  };
  try {
    await deleteRule(operation, key, from, onUnknownOutcome);
  } catch (failure) {
    if (!mayBeDeleted || !(await isDeleted(operation, key, budget))) throw failure;
  }
}

/** Returns whether a new list has no rule of a key; `false` if the list cannot be fetched within the budget. */
async function isDeleted(operation: Operation, key: RuleKey, budget: Budget): Promise<boolean> {
  // The shared list is not used, because a cancellation ends its retries.
  const request = operation.client.call("DescribeLiveCallbackRules", {}, budget);
  const response = await request.catch(() => undefined);
  return response !== undefined && !findRule(response.Rules, key);
}
