import {
  hasProviderCode,
  isInUse,
  isNotFound,
  isRetryable,
  mayHaveExecuted,
  ProviderError,
  reworded,
} from "../../api/errors";
import { MAX_AGE_BEFORE_DELETE_MS } from "../../api/lists";
import { retryWhile } from "../../api/retry";
import type { Operation } from "../../operation";
import { words } from "../../words";
import { boundDomains } from "../ruleKey";

/**
 * Deletes a template once no rule uses it. Waits up to `inUseTimeoutSeconds` for the rules to be deleted.
 * Does not rely on the API to reject the delete of a bound template: the list of rules is at most 2 s old, and
 * is fetched again before every retry.
 */
export async function deleteTemplate(operation: Operation, templateId: number): Promise<void> {
  const { lists, settings, deployment } = operation;
  let attempts = 0;
  let mayBeDeleted = false;
  const attempt = async (): Promise<void> => {
    const rules = await (attempts++ === 0 ? lists.rules.get(MAX_AGE_BEFORE_DELETE_MS) : lists.rules.refetch());
    const holders = boundDomains(rules, templateId);
    if (holders.length > 0) throw stillInUse(holders);
    await sendDelete(operation, templateId).catch((error: unknown) => {
      // If STS does not report the account, an earlier delete without a response has removed the template.
      if (mayBeDeleted && isAccountUnknown(error)) return;
      mayBeDeleted ||= mayHaveExecuted(error);
      throw error;
    });
    lists.templates.applyWrite((templates) => templates.filter(({ TemplateId }) => TemplateId !== templateId));
  };
  // A separate budget: the wait for the rules may have used up the operation's.
  const deleteUnused = () => retryWhile(attempt, isRetryable, operation.startWait(), deployment.backoff);
  try {
    await retryWhile(deleteUnused, isStillInUse, operation.startWait(settings.inUseTimeoutMs), deployment.backoff);
  } catch (error) {
    if (!isStillInUse(error)) throw error;
    const { reason, advice } = stillInUse(boundDomains(await lists.rules.refetch(), templateId));
    throw reworded(error, words`${reason}, after ${settings.inUseTimeoutMs / 1000} s`, advice);
  }
}

function stillInUse(holders: readonly string[]): ProviderError {
  const use =
    holders.length > 0
      ? words`bound to ${holders.join(", ")}`
      : words`in use according to the API, although no rule refers to it`;
  return new ProviderError(words`it is still ${use}`, {
    code: "Provider.InUse",
    action: "DeleteLiveCallbackTemplate",
    // A rule that another stack or a colleague has made stays until it is deleted.
    retryable: holders.length === 0,
    remedy: holders.length === 0 ? words`Run again.` : words`Unbind it, then run again.`,
  });
}

const isStillInUse = hasProviderCode("Provider.InUse");
const isAccountUnknown = hasProviderCode("Provider.AccountUnknown");

/**
 * Sends one delete. A template that does not exist counts as deleted if this is its account.
 *
 * @throws ProviderError `Provider.InUse`, `Provider.WrongAccount`, `Provider.AccountUnknown`
 */
async function sendDelete(operation: Operation, templateId: number): Promise<void> {
  try {
    await operation.client.send("DeleteLiveCallbackTemplate", { TemplateId: templateId });
  } catch (error) {
    if (isInUse(error)) throw stillInUse([]);
    if (!isNotFound(error)) throw error;
    await operation.confirmOrigin();
  }
}
