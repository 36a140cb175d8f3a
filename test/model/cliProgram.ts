import { type BindingDeclaration, type Declaration, dependenciesOf, type Program } from "./program";

/**
 * Returns the program as a user would write it: the body for `ScratchProject.program`. Each resource follows
 * its dependencies.
 */
export function textOf(program: Program): string {
  const first = program.filter((declaration) => dependenciesOf(declaration).length === 0);
  const then = program.filter((declaration) => !first.includes(declaration));
  return ["const templates = {};", ...[...first, ...then].map(statementOf)].join("\n");
}

function statementOf(declaration: Declaration): string {
  const { name } = declaration;
  if (declaration.kind === "binding") return `new DomainBinding(${text(name)}, { ${argumentsOf(declaration)} });`;
  const { templateName, fields, adopt, adoptOverwrite } = declaration;
  const args = { ...fields, templateName, adopt, adoptOverwrite };
  return `templates[${text(name)}] = new CallbackTemplate(${text(name)}, ${text(args)});`;
}

function argumentsOf({ domainName, appName, adopt, template }: BindingDeclaration): string {
  const templateId = "id" in template ? template.id : `templates[${text(template.of)}].templateId`;
  return `...${text({ domainName, appName, adopt })}, templateId: ${templateId}`;
}

const text = (value: unknown): string => JSON.stringify(value);
