import { isInUse, isNotFound, ProviderError } from "../../api/errors";
import { MAX_AGE_BEFORE_DELETE_MS } from "../../api/lists";
import { pollUntil } from "../../api/retry";
import type { Operation } from "../../operation";
import { own, words } from "../../words";
import { boundDomains } from "../ruleKey";

/**
 * Deletes a template once no rule uses it. It waits up to `inUseTimeoutSeconds` for the rules to go, and does
 * not rely on the API to reject the delete.
 */
export async function deleteTemplate(operation: Operation, templateId: number): Promise<void> {
  const { lists, settings, deployment } = operation;
  let looks = 0;
  const look = async (): Promise<true | undefined> => {
    const rules = await (looks++ === 0 ? lists.rules.get(MAX_AGE_BEFORE_DELETE_MS) : lists.rules.refetch());
    const isFree = boundDomains(rules, templateId).length === 0;
    return isFree && (await tryDelete(operation, templateId)) ? true : undefined;
  };
  if (await pollUntil(look, operation.startWait(settings.inUseTimeoutMs), deployment.backoff)) return;
  const holders = boundDomains(await lists.rules.refetch(), templateId);
  const by =
    holders.length > 0 ? words`bound to ${holders.join(", ")}` : own("in use, the API says, though no rule names it");
  throw new ProviderError(words`it is still ${by}, after ${settings.inUseTimeoutMs / 1000} s`, {
    code: "Provider.InUse",
    action: "DeleteLiveCallbackTemplate",
    retryable: true,
    remedy: words`Unbind it, or run again.`,
  });
}

async function tryDelete(operation: Operation, templateId: number): Promise<boolean> {
  try {
    // A separate budget: the wait for the rules may have used up the operation's.
    const budget = operation.startBudget();
    await operation.client.call("DeleteLiveCallbackTemplate", { TemplateId: templateId }, budget);
  } catch (error) {
    if (isInUse(error)) return false;
    if (!isNotFound(error)) throw error;
    await operation.confirmOrigin();
  }
  operation.lists.templates.applyWrite((templates) => templates.filter(({ TemplateId }) => TemplateId !== templateId));
  return true;
}
