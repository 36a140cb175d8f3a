import { CALLBACK_EVENTS } from "../../provider/api/contract/events";
import type { RuleKey } from "../../provider/resources/ruleKey";
import { type ExportedProperty, type ExportedTemplate, isSecretValue, type Model, secretsIn } from "./model";
import { literal } from "./text";

/** The options of a program, which differ between the two hosts. */
export interface ProgramOptions {
  /** The module from which the classes are imported. */
  module: string;
  /** Whether all templates are adopted by their ids, or only those that are not imported. */
  adopts: "all" | "notImported";
}

/** The line width of the formatter of this repository. */
const LINE_WIDTH = 120;

/** Creates a program that declares the model, formatted like the examples of this repository. */
export function typescriptProgram(model: Model, options: ProgramOptions): string {
  const shared = sharedKeyOf(model);
  const usesConfig = secretsIn(model).length > 0;
  const head = [
    ...(usesConfig ? ['import * as pulumi from "@pulumi/pulumi";'] : []),
    `import { CallbackTemplate } from "${options.module}";`,
    ...(usesConfig ? ["", "const config = new pulumi.Config();"] : []),
    ...(shared ? [`const ${shared} = config.requireSecret(${literal(shared)});`] : []),
  ];
  const adopts = (template: ExportedTemplate) => options.adopts === "all" || template.keptName !== undefined;
  const note = model.templates.some(adopts) ? [ADOPTION_NOTE] : [];
  const blocks = model.templates.map((template) => templateText(template, adopts(template), shared));
  return `${[head.join("\n"), ...note, ...blocks].join("\n\n")}\n`;
}

const ADOPTION_NOTE =
  "// adopt takes over the existing template without changes. Delete these lines after the first `pulumi up`.";

/** Returns the name of the constant for the callback key that several templates share, if there is one. */
function sharedKeyOf({ templates }: Model): string | undefined {
  const keys = templates.flatMap(({ properties }) => properties.filter(({ name }) => name === "callbackKey"));
  const names = keys.map(({ value }) => isSecretValue(value) && value.configKey);
  return names.length > 1 && names.every((name) => name === "callbackKey") ? "callbackKey" : undefined;
}

function templateText(template: ExportedTemplate, isAdopted: boolean, shared: string | undefined): string {
  const { id, name, bindings, properties } = template;
  const args = [
    ...properties.map((property) => propertyText(property, shared)),
    ...(isAdopted ? [`  adopt: ${id},`] : []),
  ];
  const create = `new CallbackTemplate(${literal(name.resource)}, {\n${args.join("\n")}\n});`;
  if (bindings.length === 0) return `// ${titleOf(template)}\n${create}`;
  return `// ${titleOf(template)}\nconst ${name.variable} = ${create}\n${bindText(name.variable, bindings)}`;
}

/** Returns the comment above a template. `--diff` reads the id from it after `adopt` was deleted. */
export function titleOf({ id, keptName }: Pick<ExportedTemplate, "id" | "keptName">): string {
  if (keptName === undefined) return `Template ${id}.`;
  return `Template ${id}, which ${keptName ? `keeps its name ${literal(keptName)}` : "has no name"}.`;
}

function propertyText({ name, value }: ExportedProperty, shared: string | undefined): string {
  if (isSecretValue(value) && value.configKey === shared) return `  ${name},`;
  const text = isSecretValue(value)
    ? `config.requireSecret(${literal(value.configKey)})`
    : typeof value === "string"
      ? literal(value)
      : `[${value.map(literal).join(", ")}]`;
  const line = `  ${name}: ${text},`;
  const comment = consoleName(name);
  const isBroken = typeof value === "string" && width(line) > LINE_WIDTH;
  return `${isBroken ? `  ${name}:\n    ${text},` : line}${comment ? ` // ${comment}` : ""}`;
}

/** Returns the console's name of a property, if it has one, for a comment. */
export function consoleName(property: string): string | undefined {
  const event = Object.values(CALLBACK_EVENTS).find((one) => one.property === property);
  return event?.consoleName;
}

function bindText(variable: string, bindings: readonly RuleKey[]): string {
  const targets = bindings.map(targetText);
  const line = `${variable}.bindTo([${targets.join(", ")}]);`;
  // The formatter breaks a list of several objects, whatever its length.
  const areObjects = bindings.length > 1 && bindings.every(({ appName }) => appName !== "");
  if (!areObjects && width(line) <= LINE_WIDTH) return line;
  return `${variable}.bindTo([\n${targets.map((target) => `  ${target},\n`).join("")}]);`;
}

function targetText({ domainName, appName }: RuleKey): string {
  if (appName === "") return literal(domainName);
  const line = `{ domainName: ${literal(domainName)}, appName: ${literal(appName)} }`;
  if (width(`  ${line},`) <= LINE_WIDTH) return line;
  return `{\n    domainName: ${literal(domainName)},\n    appName: ${literal(appName)},\n  }`;
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Returns the width of a line in columns. East Asian wide characters take two. */
const width = (line: string): number => [...line].reduce((sum, one) => sum + (WIDE.test(one) ? 2 : 1), 0);
