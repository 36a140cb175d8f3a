import type { EmulatorState } from "../../emulator";

/** The declared templates and rules, in the form of the API. */
export interface Declared {
  /** Fields by template name. `hooks-*` is the automatic name of a resource `hooks`. */
  templates: Record<string, Record<string, string>>;
  /** Template name by `domain` or `domain/app`. */
  rules: Record<string, string>;
}

export const NOTHING: Declared = { templates: {}, rules: {} };

const AUTOMATIC_PART = /-[0-9a-f]{7}$/;

/**
 * Returns the differences between the cloud and the declaration, one line each: missing, duplicate or extra
 * items.
 */
export function differences(state: EmulatorState, declared: Declared): string[] {
  const actual = linesOf(state);
  const wanted = [
    ...Object.entries(declared.templates).map(([name, fields]) => templateLine(name, fields)),
    ...Object.entries(declared.rules).map(([key, name]) => ruleLine(key, name)),
  ];
  return [
    ...without(wanted, actual).map((line) => `the cloud lacks ${line}`),
    ...without(actual, wanted).map((line) => `the cloud has, undeclared or doubled, ${line}`),
  ];
}

function linesOf({ templates, rules }: EmulatorState): string[] {
  const nameOf = (id: number): string => {
    const template = templates.find(({ TemplateId }) => TemplateId === id);
    return template ? withoutHash(template.TemplateName) : `a template that does not exist (${id})`;
  };
  return [
    ...templates.map(({ TemplateId: _, TemplateName, ...fields }) =>
      templateLine(withoutHash(TemplateName), fields as Record<string, unknown>),
    ),
    ...rules.map(({ DomainName, AppName, TemplateId }) =>
      ruleLine(AppName ? `${DomainName}/${AppName}` : DomainName, nameOf(TemplateId)),
    ),
  ];
}

const withoutHash = (name: string): string => name.replace(AUTOMATIC_PART, "-*");

const templateLine = (name: string, fields: Record<string, unknown>): string =>
  `template ${name} ${JSON.stringify(Object.fromEntries(Object.entries(fields).sort()))}`;

const ruleLine = (key: string, name: string): string => `rule ${key} -> ${name}`;

/** Returns the ids of the templates of a name that no rule uses. */
export function unboundTemplates({ templates, rules }: EmulatorState, name: string): number[] {
  const bound = new Set(rules.map(({ TemplateId }) => TemplateId));
  const unbound = templates.filter(({ TemplateId }) => !bound.has(TemplateId));
  return unbound.filter(({ TemplateName }) => withoutHash(TemplateName) === name).map(({ TemplateId }) => TemplateId);
}

/** Returns the lines of a list that another list lacks, with duplicates. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return lines.filter((line) => {
    const index = left.indexOf(line);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}
