import type { RuleInfo } from "../../api/contract/live";
import { withOffset } from "../../api/contract/time";
import { ProviderError, withOutcome } from "../../api/errors";
import type { Deployment } from "../../deployment";
import { getNotFound, PartialFailure, type ResourceType } from "../../lifecycle";
import { defined, failures, isUnknown, ownerOf, type Properties } from "../../validation";
import { describeTemplate } from "../callbackTemplate/templates";
import { checkDomainBinding, type DomainBindingInputs, ruleKeyOf } from "./inputs";
import { boundElsewhere, createRule, deleteRule, findRule, formatKey, moveRule, type RuleKey } from "./rules";
import { verifyDomain } from "./verifyDomain";

/** A change of these makes another rule; the template of a rule is changed in place. */
const REPLACING = ["domainName", "appName"] as const;

/** The binding of a push domain, or of one app on it, to a callback template. Its id is `domainName[/appName]`. */
export function domainBinding(session: Deployment): ResourceType {
  const claims = session.bindingClaims;
  return {
    label: (id, properties) => `domain binding ${id || formatKey(ruleKeyOf(properties))}`,

    async check(olds: Properties, news: Properties) {
      const { inputs, reasons } = checkDomainBinding(news);
      const key = formatKey(ruleKeyOf(inputs));
      if (reasons.length > 0 || isUnknown(inputs["domainName"]) || isUnknown(inputs["appName"])) {
        return { inputs, failures: failures(reasons) };
      }
      const oldKey = olds["domainName"] === undefined ? undefined : formatKey(ruleKeyOf(olds));
      const first = claims.declare(key, ownerOf(inputs), Number(inputs["templateId"]));
      // Two bindings may swap their domains: each create then finds a rule that its holder is giving up.
      if (oldKey !== undefined && oldKey !== key) claims.leave(oldKey, Number(olds["templateId"]));
      return { inputs, failures: failures(first ? [] : [`another resource of this program binds ${key} already`]) };
    },

    async diff(id, olds: Properties, news: Properties) {
      const changed = (name: string): boolean => (olds[name] ?? "") !== (news[name] ?? "");
      const replaces = REPLACING.filter((name) => changed(name) && !isUnknown(news[name]));
      if (![...REPLACING, "templateId"].some(changed)) return { changes: false };
      // If it is replaced, its create finds the rule of its own old self. (A refresh makes no check, and so declares nothing.)
      if (claims.declaredTemplate(id) !== undefined) claims.leave(id, Number(olds["templateId"]));
      return { replaces };
    },

    async create(inputs: DomainBindingInputs) {
      const key = ruleKeyOf(inputs);
      // Both lists at once, instead of one after the other.
      await Promise.all([verifyDomain(session, key.domainName), session.lists.rules.get()]);
      return { id: formatKey(key), outs: stateOf(inputs, await bind(session, key, inputs)) };
    },

    async read(id, properties: Properties) {
      const key = parseId(id);
      const { rules } = session.lists;
      const rule = findRule(await rules.get(), key) ?? findRule(await rules.refetch(), key);
      if (!rule && properties["templateId"] === undefined) throw getNotFound(`${id} is not bound to any template`);
      if (!rule) return { id: "", props: {} };
      const inputs = {
        domainName: key.domainName,
        ...(key.appName !== "" && { appName: key.appName }),
        templateId: rule.TemplateId,
        ...(properties["adopt"] === true && { adopt: true as const }),
        ...(properties["declaredBy"] !== undefined && { declaredBy: ownerOf(properties) }),
      };
      return { id, props: stateOf(inputs, rule), inputs };
    },

    async update(id, olds: Properties, news: DomainBindingInputs) {
      return { outs: stateOf(news, await rebind(session, parseId(id), olds, news)) };
    },

    async delete(id, properties: Properties) {
      const templateId = Number(properties["templateId"]);
      const declared = claims.declaredTemplate(id);
      // The rule stays for the resource that declares it now: a renamed one, or this one when it is replaced.
      if (declared === undefined) await deleteRule(session, parseId(id), templateId);
      // (A template that is not known yet is the business of that resource's own update.)
      else if (Number.isInteger(declared) && declared !== templateId)
        await handOver(session, parseId(id), templateId, declared);
    },
  };
}

const stateOf = (inputs: DomainBindingInputs, rule: RuleInfo): Record<string, unknown> =>
  defined({
    ...inputs,
    appName: inputs.appName ?? "",
    createTime: rule.CreateTime && withOffset(rule.CreateTime),
    updateTime: rule.UpdateTime && withOffset(rule.UpdateTime),
  });

/** Binds a key that may be free, bound to this template already, or bound to another one. */
async function bind(session: Deployment, key: RuleKey, { templateId, adopt }: DomainBindingInputs): Promise<RuleInfo> {
  const { rules } = session.lists;
  const listed = findRule(await rules.get(), key);
  const existing = listed && findRule(await rules.refetch(), key);
  if (!existing) return createRule(session, key, templateId);
  if (existing.TemplateId === templateId) return existing;
  if (!adopt && !session.bindingClaims.isLeft(formatKey(key), existing.TemplateId)) throw boundElsewhere(key, existing);
  return moveRule(session, key, existing.TemplateId, templateId);
}

/** Points a binding to another template. What it finds decides, not what the state remembers. */
async function rebind(
  session: Deployment,
  key: RuleKey,
  olds: Properties,
  news: DomainBindingInputs,
): Promise<RuleInfo> {
  const { templateId: to, adopt } = news;
  const rule = await ruleToMove(session, key, to);
  if (rule?.TemplateId === to) return rule;
  if (rule && rule.TemplateId !== Number(olds["templateId"]) && !adopt) throw boundElsewhere(key, rule);
  try {
    return rule ? await moveRule(session, key, rule.TemplateId, to) : await createRule(session, key, to);
  } catch (failure) {
    return outcomeOf(session, key, olds, news, failure);
  }
}

/**
 * Points a rule that a resource leaves to the template that the program declares for it elsewhere. The resource that
 * declares it may have nothing to do in this run: what it was to take over in an earlier one, it has in its state.
 */
async function handOver(session: Deployment, key: RuleKey, from: number, to: number): Promise<void> {
  const rule = await ruleToMove(session, key, to);
  if (rule && rule.TemplateId !== from) return;
  await (rule ? moveRule(session, key, from, to) : createRule(session, key, to));
}

/** The rule of a key as it is before it is pointed to another template, which is looked up first. */
async function ruleToMove(session: Deployment, key: RuleKey, to: number): Promise<RuleInfo | undefined> {
  const [templates, rules] = await Promise.all([session.lists.templates.refetch(), session.lists.rules.refetch()]);
  const exists = templates.some(({ TemplateId }) => TemplateId === to) || (await describeTemplate(session, to));
  if (exists) return findRule(rules, key);
  throw new ProviderError(`there is no template ${to}; nothing was changed`, {
    code: "Provider.NotFound",
    remedy: "Bind it to a template that exists.",
  });
}

/**
 * What a failed change left: the rule that was wanted after all, the old one (the state is then still true), or none.
 * In the last case the failure is recorded with the state, so that the next update makes the rule even if the program
 * has been reverted by then.
 */
async function outcomeOf(
  session: Deployment,
  key: RuleKey,
  olds: Properties,
  news: DomainBindingInputs,
  failure: unknown,
): Promise<RuleInfo> {
  const rules = await session.lists.rules.refetch().catch(() => undefined);
  const rule = rules && findRule(rules, key);
  if (rule?.TemplateId === news.templateId) return rule;
  if (rule) throw failure;
  const id = formatKey(key);
  const outcome = rules ? `${id} is not bound now` : `whether ${id} is bound now could not be seen`;
  const { __provider } = news as Properties;
  throw new PartialFailure(withOutcome(failure, outcome), { id, properties: { ...olds, __provider } });
}

function parseId(id: string): RuleKey {
  const [domainName = "", ...rest] = id.split("/");
  const { inputs, reasons } = checkDomainBinding({ domainName, appName: rest.join("/"), templateId: 1 });
  if (reasons.length === 0) return ruleKeyOf(inputs);
  throw new ProviderError(`the id must be domainName or domainName/appName; given: ${JSON.stringify(id)}`, {
    code: "Provider.InvalidId",
    remedy: "For example push.example.com or push.example.com/live.",
  });
}
