import type { RuleInfo, TemplateInfo } from "../../provider/api/contract/live";
import { withoutUrlSecrets } from "../../provider/redaction";
import {
  type CanonicalTemplate,
  canonicalTemplate,
  fromTemplateInfo,
  TEMPLATE_PROPERTIES,
  type TemplateProperty,
} from "../../provider/resources/callbackTemplate/canonical";
import { checkCallbackTemplate } from "../../provider/resources/callbackTemplate/inputs";
import { checkDomainBinding, ruleKeyOf } from "../../provider/resources/domainBinding/inputs";
import { bindingKey, formatKey, type RuleKey } from "../../provider/resources/ruleKey";
import type { ValidationResult } from "../../provider/validation";
import { joinWords } from "../../provider/words";
import { oneLine } from "../command";
import type { Account } from "./account";
import { nameTemplates, type ProgramName } from "./names";
import { doubleQuoted } from "./text";

/** A value that no file contains. The program reads it from the configuration of the stack. */
export interface SecretValue {
  configKey: string;
  value: string;
}

/** A property of a template, with its value or the key under which the program reads the value. */
export interface ExportedProperty {
  name: TemplateProperty;
  value: string | readonly string[] | SecretValue;
}

/** A template as a program declares it, with the domains and apps that are bound to it. */
export interface ExportedTemplate {
  id: number;
  name: ProgramName;
  /**
   * The name in the cloud if the program does not set it, because it is empty, or because another template has
   * the same name and a program cannot declare a name twice. Such a template is adopted by its id, and keeps
   * its name.
   */
  keptName: string | undefined;
  /** The properties that are set, in the order of the console. */
  properties: readonly ExportedProperty[];
  bindings: readonly RuleKey[];
}

/** A template or a rule that a program does not declare. */
export type LeftOut = ({ templateId: number; templateName: string } | { rule: string; templateId: number }) & {
  /** The reason, as a clause. */
  reason: string;
};

/** The templates and rules that a program declares, and those that it leaves out. */
export interface Model {
  templates: readonly ExportedTemplate[];
  leftOut: readonly LeftOut[];
}

/** Creates the model of `selected`, a part of `account`. The names do not depend on the selection. */
export function createModel(account: Account, selected: Account): Model {
  const context = { names: nameTemplates(account.templates), account, sharedKey: sharesOneKey(account.templates) };
  const byId = [...selected.templates].sort((a, b) => a.TemplateId - b.TemplateId);
  const problems = new Map(byId.map((info) => [info.TemplateId, problemOfTemplate(info)]));
  const rules = selected.rules.map((rule) => ({ rule, problem: problemOfRule(rule, account, problems) }));
  const sound = rules.filter(({ problem }) => !problem).map(({ rule }) => rule);
  return {
    templates: byId
      .filter(({ TemplateId }) => !problems.get(TemplateId))
      .map((info) => ({ ...exportTemplate(info, context), bindings: bindingsOf(info.TemplateId, sound) })),
    leftOut: [
      ...byId.map(({ TemplateId, TemplateName = "" }) => ({
        ...{ templateId: TemplateId, templateName: TemplateName },
        reason: problems.get(TemplateId),
      })),
      ...rules
        .map(({ rule, problem }) => ({ rule: ruleText(rule), templateId: rule.TemplateId, reason: problem }))
        .sort((a, b) => compare(a.rule, b.rule)),
    ].flatMap(({ reason, ...what }) => (reason ? [{ ...what, reason }] : [])),
  };
}

const inputsOf = (info: TemplateInfo): CanonicalTemplate => fromTemplateInfo(info, canonicalTemplate({}));

/** Returns the label of a template in messages. */
export const templateLabel = (id: number, name = ""): string => `template ${id} ${doubleQuoted(name)}`;

/** Returns the label of a rule in messages, as the API returns its domain and app. */
const ruleText = ({ DomainName, AppName }: RuleInfo): string => formatKey({ domainName: DomainName, appName: AppName });

/** Returns the reason why a template cannot be adopted, if there is one, from the provider's own check. */
function problemOfTemplate(info: TemplateInfo): string | undefined {
  const { templateName, ...inputs } = inputsOf(info);
  const { failures } = checkCallbackTemplate({}, { ...inputs, adopt: info.TemplateId });
  if (failures.length === 0) return undefined;
  const isWithoutUrl = failures.some(({ property }) => property === "");
  if (!isWithoutUrl) return reasonsOf(failures);
  return (
    "it has no URL that the API returns. Delete it if it is not used. If the console shows a recording status " +
    "callback, declare it with that URL, adopt and adoptOverwrite: true"
  );
}

const reasonsOf = (failures: ValidationResult["failures"]): string =>
  oneLine(
    String(
      joinWords(
        failures.map(({ reason }) => reason),
        "; ",
      ),
    ),
  );

function problemOfRule(
  rule: RuleInfo,
  { templates, rules }: Account,
  problems: ReadonlyMap<number, string | undefined>,
): string | undefined {
  const { TemplateId } = rule;
  const { failures } = checkDomainBinding(declaredRule(rule));
  if (failures.length > 0) return reasonsOf(failures);
  const first = rules.find((other) => bindingKey(other) === bindingKey(rule));
  if (first !== rule) return `the rule ${oneLine(ruleText(first ?? rule))} is for the same domain and app`;
  const template = templates.find((info) => info.TemplateId === TemplateId);
  if (!template) return `its template ${TemplateId} does not exist. Delete it, or bind the domain to another template`;
  return problems.get(TemplateId) && `its ${templateLabel(TemplateId, template.TemplateName)} is left out`;
}

/**
 * Returns a rule as the inputs of a binding. For a whole domain, the API returns `*` or nothing as the app.
 */
const declaredRule = ({ DomainName, AppName, TemplateId }: RuleInfo) => ({
  domainName: DomainName,
  appName: AppName === "*" ? "" : AppName,
  templateId: TemplateId,
});

interface Context {
  names: ReadonlyMap<number, ProgramName>;
  account: Account;
  /** Whether all templates with a callback key have the same one. It is then stored once. */
  sharedKey: boolean;
}

function exportTemplate(info: TemplateInfo, context: Context): Omit<ExportedTemplate, "bindings"> {
  const name = context.names.get(info.TemplateId) as ProgramName;
  const { templateName = "", ...inputs } = inputsOf(info);
  const sharing = context.account.templates.filter((other) => other.TemplateName === templateName);
  const isUnique = templateName !== "" && sharing.length === 1;
  const properties = isUnique ? { templateName, ...inputs } : inputs;
  return {
    id: info.TemplateId,
    name,
    keptName: isUnique ? undefined : templateName,
    properties: TEMPLATE_PROPERTIES.flatMap((property) => {
      const value = exportValue(property, properties, name.plain, context);
      return value === undefined ? [] : [{ name: property, value }];
    }),
  };
}

function exportValue(
  property: TemplateProperty,
  properties: CanonicalTemplate,
  prefix: string,
  { sharedKey }: Context,
): ExportedProperty["value"] | undefined {
  const value = properties[property];
  if (value === undefined || value === "") return undefined;
  if (typeof value !== "string") return value.join() === DEFAULT_LEVELS ? undefined : value;
  const isSecret = property === "callbackKey" || (property.endsWith("Url") && withoutUrlSecrets(value) !== value);
  if (!isSecret) return value;
  const own = `${prefix}${property[0]?.toUpperCase()}${property.slice(1)}`;
  return { configKey: property === "callbackKey" && sharedKey ? property : own, value };
}

/** The levels of a template with a URL for recording errors if the program sets none. */
const DEFAULT_LEVELS = canonicalTemplate({ recordExceptionNotifyUrl: "any" }).recordExceptionLevels?.join();

const sharesOneKey = (templates: readonly TemplateInfo[]): boolean =>
  new Set(templates.map(({ CallbackKey }) => CallbackKey).filter(Boolean)).size === 1;

function bindingsOf(templateId: number, rules: readonly RuleInfo[]): RuleKey[] {
  const bound = rules.filter((rule) => rule.TemplateId === templateId);
  const keys = bound.map((rule) => ruleKeyOf(checkDomainBinding(declaredRule(rule)).inputs));
  return keys.sort((a, b) => compare(a.domainName, b.domainName) || compare(a.appName, b.appName));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Returns whether the value of a property is in the configuration of the stack. */
export const isSecretValue = (value: ExportedProperty["value"]): value is SecretValue =>
  typeof value === "object" && "configKey" in value;

/** Returns the secrets of all templates, each once, in the order of the program. */
export function secretsIn({ templates }: Model): SecretValue[] {
  const secrets = templates.flatMap(({ properties }) => properties.map(({ value }) => value).filter(isSecretValue));
  return [...new Map(secrets.map((secret) => [secret.configKey, secret])).values()];
}
