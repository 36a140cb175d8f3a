import type { RuleInfo } from "../../api/contract/live";
import { withOffset } from "../../api/contract/time";
import { isUnknown, knownNumber, UNKNOWN } from "../../properties";
import type { ResourceType } from "../../resourceType";
import { words } from "../../words";
import { findRule, formatKey } from "../ruleKey";
import { BindingClaims, declareBinding } from "./claims";
import { createBinding, prepareBinding } from "./create";
import { checkDomainBinding, type DomainBindingInputs, parseId, ruleKeyOf } from "./inputs";
import { handOver, rebind } from "./move";
import { deleteRule } from "./rules";

/** The properties whose change replaces the binding. A change of the template is made in place. */
export const REPLACING = ["domainName", "appName"] as const;

/**
 * The binding of a push domain, or of one app on it, to a callback template. Its id is
 * `domainName[/appName]`.
 */
export const domainBinding: ResourceType = {
  label: (id, properties) => {
    const key = id || formatKey(ruleKeyOf(properties));
    return key ? words`domain binding ${key}` : words`domain binding`;
  },

  missing: (id) => words`${id} is not bound to any template`,

  check(operation, olds, news) {
    const { inputs, failures } = checkDomainBinding(news);
    const keyIsUnknown = isUnknown(inputs["domainName"]) || isUnknown(inputs["appName"]);
    if (failures.length > 0 || keyIsUnknown) return { inputs, failures };
    return { inputs, failures: declareBinding(operation, olds, inputs) };
  },

  diff({ deployment }, id, olds, news) {
    const claims = deployment.shared(BindingClaims);
    const key = formatKey(parseId(id));
    const before = knownNumber(olds["templateId"]);
    claims.record(key, before);
    const properties = [...REPLACING, "templateId"].filter((name) => (olds[name] ?? "") !== (news[name] ?? ""));
    const replaces = REPLACING.filter((name) => properties.includes(name) && !isUnknown(news[name]));
    // The create of a replacement finds the old rule. A refresh runs no check and therefore declares nothing.
    if (properties.length > 0 && claims.isDeclared(key)) claims.leave(key, before);
    return { properties, replaces };
  },

  expected: (inputs) => ({
    ...inputs,
    appName: inputs["appName"] ?? "",
    createTime: UNKNOWN,
    updateTime: UNKNOWN,
  }),

  prepare: (operation, properties) => prepareBinding(operation, properties as DomainBindingInputs),

  async create(operation, properties) {
    const inputs = properties as DomainBindingInputs;
    const rule = await createBinding(operation, inputs);
    return { id: formatKey(ruleKeyOf(inputs)), outs: stateOf(inputs, rule) };
  },

  async read({ lists }, id, outs) {
    const key = parseId(id);
    const rule = findRule(await lists.rules.get(), key) ?? findRule(await lists.rules.refetch(), key);
    if (!rule) return undefined;
    const inputs = {
      domainName: key.domainName,
      ...(key.appName !== "" && { appName: key.appName }),
      templateId: rule.TemplateId,
      ...(outs["adopt"] === true && { adopt: true as const }),
    };
    return { id: formatKey(key), outs: stateOf(inputs, rule), inputs };
  },

  async update(operation, id, olds, properties) {
    const inputs = properties as DomainBindingInputs;
    return stateOf(inputs, await rebind(operation, parseId(id), olds, inputs));
  },

  async delete(operation, id, outs) {
    const claims = operation.deployment.shared(BindingClaims);
    const templateId = Number(outs["templateId"]);
    // The rule stays for the resource that now declares it: a renamed one, or the replacement of this one.
    const key = parseId(id);
    if (!claims.isDeclared(formatKey(key))) return deleteRule(operation, key, templateId);
    const declared = claims.declaredTemplate(formatKey(key));
    // If the template is not known yet, that resource's own update moves the rule.
    if (declared !== undefined && declared !== templateId) {
      await handOver(operation, key, templateId, declared);
    }
  },
};

const stateOf = (inputs: DomainBindingInputs, rule: RuleInfo): Record<string, unknown> => ({
  ...inputs,
  appName: inputs.appName ?? "",
  createTime: rule.CreateTime && withOffset(rule.CreateTime),
  updateTime: rule.UpdateTime && withOffset(rule.UpdateTime),
});
