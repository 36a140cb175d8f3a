import { canonicalDomain } from "../api/contract/hosts";
import type { RuleInfo } from "../api/contract/live";
import { memoizeByObject } from "../memoize";

/** Identifies a rule: a push domain and an app on it. An app of `""` means the whole domain. */
export interface RuleKey {
  domainName: string;
  appName: string;
}

/** Formats a key as text: `push.example.com` or `push.example.com/live`. */
export function formatKey({ domainName, appName }: RuleKey): string {
  return appName === "" ? domainName : `${domainName}/${appName}`;
}

/** Returns the canonical key of a listed rule, as text. */
export const bindingKey = memoizeByObject(({ DomainName, AppName }: RuleInfo): string => {
  const domainName = canonicalDomain(DomainName) || DomainName;
  return formatKey({ domainName, appName: AppName === "*" ? "" : AppName });
});

/** Returns the rule of a key; `undefined` if it does not exist. */
export function findRule(rules: readonly RuleInfo[], key: RuleKey): RuleInfo | undefined {
  const wanted = formatKey(key);
  return rules.find((rule) => bindingKey(rule) === wanted);
}

/** Returns the domains and apps that a template is bound to: `push.example.com`, `push.example.com/live`. */
export function boundDomains(rules: readonly RuleInfo[], templateId: number): string[] {
  return rules.filter((rule) => rule.TemplateId === templateId).map(bindingKey);
}
