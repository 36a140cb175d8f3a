import type { EmulatorState } from "../../emulator/emulator";
import type { Values } from "../support/cloud";
import {
  type BindingDeclaration,
  currentNameOf,
  keyOf,
  type Program,
  type TemplateDeclaration,
  urnOf,
} from "./program";
import type { Stack } from "./stack";

/** The expected content of the cloud, computed without code of the provider. */
export interface Expectation {
  templates: { urn: string; id: number; fields: Values }[];
  rules: Record<string, number>;
}

/** Returns the content of the cloud after a deployment of a program. */
export function expectationOf(program: Program, stack: Stack): Expectation {
  const bindings = program.filter((declared): declared is BindingDeclaration => declared.kind === "binding");
  const templates = program.filter((declared): declared is TemplateDeclaration => declared.kind === "template");
  return {
    templates: templates.map((template) => ({
      urn: urnOf(template),
      id: idOf(stack, urnOf(template)),
      fields: wireFields(template, currentNameOf(template, stack.live(urnOf(template)))),
    })),
    rules: Object.fromEntries(bindings.map((binding) => [keyOf(binding), targetOf(binding, stack)])),
  };
}

const idOf = (stack: Stack, urn: string): number => Number(stack.live(urn)?.id);

/** Returns the id of the template that a binding points to. */
export const targetOf = ({ template }: BindingDeclaration, stack: Stack): number =>
  "id" in template ? template.id : idOf(stack, urnOf({ kind: "template", name: template.of }));

/** Returns a template as the cloud stores it. */
export function wireFields(template: TemplateDeclaration, TemplateName: string): Values {
  const wire: Values = { TemplateName };
  for (const [name, value] of Object.entries(template.fields)) {
    if (value !== undefined && value !== "") wire[name.charAt(0).toUpperCase() + name.slice(1)] = value;
  }
  if (!wire["RecordExceptionNotifyUrl"]) delete wire["RecordExceptionLevels"];
  else wire["RecordExceptionLevels"] ??= ["error"];
  return wire;
}

/** Returns the key of a rule. */
export const ruleKeyOf = ({ DomainName, AppName }: { DomainName: string; AppName: string }): string =>
  keyOf({ domainName: DomainName, appName: AppName });

/** Returns the templates of the rules, by key. */
export const rulesOf = ({ rules }: EmulatorState): Map<string, number> =>
  new Map(rules.map((rule) => [ruleKeyOf(rule), rule.TemplateId]));
