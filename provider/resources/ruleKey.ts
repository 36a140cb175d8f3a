import { canonicalDomain } from "../api/contract/hosts";
import type { RuleInfo } from "../api/contract/live";
import { memoizeByObject } from "../memoize";

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

/** What a template is bound to, for messages: `push.example.com`, `push.example.com/live`. */
export function boundDomains(rules: readonly RuleInfo[], templateId: number): string[] {
  return rules.filter((rule) => rule.TemplateId === templateId).map(bindingKey);
}
