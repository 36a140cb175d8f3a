import { canonicalDomain } from "../api/contract/hosts";
import type { RuleInfo, TemplateInfo } from "../api/contract/live";
import { isNotFound } from "../api/errors";
import { memoizeByObject } from "../memoize";
import type { Operation } from "../operation";

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

/** The templates of one name; the API does not promise that there is only one. */
export function byName(templates: readonly TemplateInfo[], name: string): TemplateInfo[] {
  return templates.filter((template) => template.TemplateName === name);
}

/** A template by its id. It counts as gone only if a new list and the API's response for this id agree on it. */
export async function findTemplate(operation: Operation, templateId: number): Promise<TemplateInfo | undefined> {
  const { templates } = operation.lists;
  const byId = (list: readonly TemplateInfo[]) => list.find(({ TemplateId }) => TemplateId === templateId);
  return (
    byId(await templates.get()) ?? byId(await templates.refetch()) ?? (await describeTemplate(operation, templateId))
  );
}

/** A template as the API describes it by its id; `undefined` where it says that there is none. */
export async function describeTemplate(operation: Operation, templateId: number): Promise<TemplateInfo | undefined> {
  const request = { TemplateId: templateId };
  try {
    return (await operation.client.call("DescribeLiveCallbackTemplate", request, operation.budget)).Template;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
