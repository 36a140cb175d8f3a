import { createHash } from "node:crypto";
import type { Values } from "../support/cloud";
import { identityOf, type Kind } from "./urns";

/** A callback template as a program declares it. */
export interface TemplateDeclaration {
  kind: "template";
  /** The logical name. */
  name: string;
  /** Absent: the name is made from the logical one, as the constructor does. */
  templateName?: string;
  fields: Values;
  adopt?: true | number;
  adoptOverwrite?: true;
}

/** A domain binding as a program declares it, to a template of the program or to the id of any. */
export interface BindingDeclaration {
  kind: "binding";
  name: string;
  domainName: string;
  appName?: string;
  template: { of: string } | { id: number };
  adopt?: true;
}

export type Declaration = TemplateDeclaration | BindingDeclaration;

/** What is declared, in the order in which the program does. */
export type Program = readonly Declaration[];

/** What tells resources apart: type and logical name, as a URN does. */
export const urnOf = ({ kind, name }: { kind: Kind; name: string }): string => `${kind} ${name}`;

/** What the constructor passes to tell a resource from others. */
export const declaredBy = (declaration: { kind: Kind; name: string }): string =>
  createHash("sha256").update(identityOf(declaration)).digest("hex").slice(0, 7);

/** The name that the constructor makes for a template which is given none. */
export const automaticName = (name: string): string => `${name}-${declaredBy({ kind: "template", name })}`;

export const templateNameOf = ({ name, templateName }: TemplateDeclaration): string =>
  templateName ?? automaticName(name);

/**
 * The name that a template has in the cloud, or should have. Where the program gives none, one that is adopted by its
 * id keeps its own, and so does one that was.
 *
 * @param old the resource in the state
 * @param adopted the template to be adopted by its id
 */
export function currentNameOf(
  declared: TemplateDeclaration,
  old: { inputs: Values; outs: Values } | undefined,
  adopted?: { TemplateName: string },
): string {
  if (declared.templateName) return declared.templateName;
  const kept = old ? old.inputs["templateName"] === undefined && old.outs["templateName"] : adopted?.TemplateName;
  return kept ? String(kept) : automaticName(declared.name);
}

/** The cloud's key of a binding: `domain` or `domain/app`. */
export const keyOf = ({ domainName, appName }: { domainName: string; appName?: string }): string =>
  appName ? `${domainName}/${appName}` : domainName;

/** The keys that more than one binding of a program declares, which is an error. */
export function disputedKeys(program: Program): string[] {
  const keys = program.flatMap((one) => (one.kind === "binding" ? [keyOf(one)] : []));
  return keys.filter((key, index) => keys.indexOf(key) !== index);
}

/** The resources that a declaration gets values from. */
export const dependenciesOf = (declaration: Declaration): string[] =>
  declaration.kind === "binding" && "of" in declaration.template
    ? [urnOf({ kind: "template", name: declaration.template.of })]
    : [];

/** The arguments as the constructor passes them. `idOf` gives the template id of a resource. */
export function argumentsOf(declaration: Declaration, idOf: (urn: string) => number): Values {
  if (declaration.kind === "template") {
    const { name, templateName, fields, adopt, adoptOverwrite } = declaration;
    return {
      callbackKey: "",
      automaticName: automaticName(name),
      declaredBy: declaredBy(declaration),
      ...fields,
      ...(templateName && { templateName }),
      ...(adopt && { adopt }),
      ...(adoptOverwrite && { adoptOverwrite }),
    };
  }
  const { domainName, appName, template, adopt } = declaration;
  const templateId = "id" in template ? template.id : idOf(urnOf({ kind: "template", name: template.of }));
  return {
    domainName,
    templateId,
    declaredBy: declaredBy(declaration),
    ...(appName && { appName }),
    ...(adopt && { adopt }),
  };
}

/** One declaration on one line, for counter-examples. */
export function describe(declaration: Declaration): string {
  const adopting = declaration.adopt ? ` adopt=${declaration.adopt}` : "";
  if (declaration.kind === "template") {
    const { name, templateName, fields, adoptOverwrite } = declaration;
    const called = templateName ? ` called "${templateName}"` : "";
    return `template ${name}${called} ${JSON.stringify(fields)}${adopting}${adoptOverwrite ? " overwriting" : ""}`;
  }
  const { name, template } = declaration;
  const to = "id" in template ? `template id ${template.id}` : `template ${template.of}`;
  return `binding ${name}: ${keyOf(declaration)} -> ${to}${adopting}`;
}
