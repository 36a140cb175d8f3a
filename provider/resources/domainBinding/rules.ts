import { canonicalDomain } from "../../api/contract/hosts";
import type { RuleInfo } from "../../api/contract/live";
import { beijingTime } from "../../api/contract/time";
import {
  isDuplicateRule,
  isNotFound,
  isTransient,
  LiveError,
  mayHaveExecuted,
  ProviderError,
  withOutcome,
} from "../../api/errors";
import { retryWhile } from "../../api/retry";
import type { Deployment } from "../../deployment";
import { memoizeByObject } from "../../memoize";

/** What identifies a rule: a push domain, and the app of it; `""` is the whole domain. */
export interface RuleKey {
  domainName: string;
  appName: string;
}

/** A key as text: `push.example.com` or `push.example.com/live`. */
export function formatKey({ domainName, appName }: RuleKey): string {
  return appName === "" ? domainName : `${domainName}/${appName}`;
}

/** The key of a rule, as the API lists it, in its canonical form as text. */
export const bindingKey = memoizeByObject(({ DomainName, AppName }: RuleInfo): string => {
  const domainName = canonicalDomain(DomainName) || DomainName;
  return formatKey({ domainName, appName: AppName === "*" ? "" : AppName });
});

/** The rule of a key, if there is one. */
export function findRule(rules: readonly RuleInfo[], key: RuleKey): RuleInfo | undefined {
  const wanted = formatKey(key);
  return rules.find((rule) => bindingKey(rule) === wanted);
}

const isRetryable = (error: unknown): boolean => error instanceof LiveError && error.retryable;

/**
 * Creates the rule of a key that has none. When the outcome is unknown, or the API says that there is one already, a
 * fresh list decides; a rule that turns out to point elsewhere is left alone. It has a budget of its own: it may be
 * the second half of a move, or putting back what a failed one deleted.
 */
export function createRule(session: Deployment, key: RuleKey, templateId: number): Promise<RuleInfo> {
  const request = { DomainName: key.domainName, AppName: key.appName, TemplateId: templateId };
  const attempt = async (): Promise<RuleInfo> => {
    try {
      await session.client.send("CreateLiveCallbackRule", request);
    } catch (error) {
      if (isNotFound(error)) throw withOutcome(error, `it was to be bound to template ${templateId}`);
      if (!isDuplicateRule(error) && !mayHaveExecuted(error) && !isTransient(error)) throw error;
      const rules = await session.lists.rules.refetch().catch(() => []);
      const rule = findRule(rules, key);
      if (!rule) throw error;
      if (rule.TemplateId !== templateId) throw boundElsewhere(key, rule);
      return rule;
    }
    const time = beijingTime(session.now(), "rfc3339");
    const rule = { ...request, CreateTime: time, UpdateTime: time };
    session.lists.rules.applyWrite((rules) => [...without(rules, key), rule]);
    return rule;
  };
  return retryWhile(attempt, isRetryable, session.startBudget(), session.backoff);
}

/** Deletes the rule of a key as long as it points to this template, which is looked at again before every retry. */
export function deleteRule(session: Deployment, key: RuleKey, templateId: number): Promise<void> {
  let attempts = 0;
  const attempt = async (): Promise<void> => {
    const rules = await (attempts++ === 0 ? session.lists.rules.get() : session.lists.rules.refetch());
    if (findRule(rules, key)?.TemplateId !== templateId) return;
    try {
      await session.client.send("DeleteLiveCallbackRule", { DomainName: key.domainName, AppName: key.appName });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
    session.lists.rules.applyWrite((list) => without(list, key));
  };
  return retryWhile(attempt, isRetryable, session.budget, session.backoff);
}

const without = (rules: readonly RuleInfo[], key: RuleKey): RuleInfo[] => {
  const unwanted = formatKey(key);
  return rules.filter((rule) => bindingKey(rule) !== unwanted);
};

/**
 * Points the rule of a key to another template. The API cannot change a rule, so it is deleted and made anew at once;
 * if that fails, the old one is put back.
 *
 * @throws LiveError what failed, and whether the old rule could be put back.
 */
export async function moveRule(session: Deployment, key: RuleKey, from: number, to: number): Promise<RuleInfo> {
  await deleteRule(session, key, from);
  try {
    return await createRule(session, key, to);
  } catch (failure) {
    const outcome = await createRule(session, key, from).then(
      () => `the rule for template ${from} was put back`,
      (error: Error) => `putting back the rule for template ${from} failed too: ${error.message}`,
    );
    throw withOutcome(failure, outcome);
  }
}

/** The error for a key that points to a template which this resource does not own. */
export function boundElsewhere(key: RuleKey, { TemplateId }: RuleInfo): ProviderError {
  return new ProviderError(`${formatKey(key)} is bound to template ${TemplateId} already`, {
    code: "Provider.AlreadyBound",
    remedy: "Unbind it there, or set adopt: true to move it to this template.",
  });
}
