import { createHash } from "node:crypto";
import type { Values } from "../support/cloud";
import { identityOf, type Kind } from "./urns";

/** A callback template as a program declares it. */
export interface TemplateDeclaration {
  kind: "template";
  /** The logical name. */
  name: string;
  /** Without it, the name is made from the logical name, as in the constructor. */
  templateName?: string;
  fields: Values;
  adopt?: true | number;
  adoptOverwrite?: true;
}

/** A domain binding as a program declares it, to a template of the program or to any id. */
export interface BindingDeclaration {
  kind: "binding";
  name: string;
  domainName: string;
  appName?: string;
  template: { of: string } | { id: number };
  adopt?: true;
}

export type Declaration = TemplateDeclaration | BindingDeclaration;

/** The declarations, in the order of the program. */
export type Program = readonly Declaration[];

/** Returns the identity of a resource: its type and logical name, as in a URN. */
export const urnOf = ({ kind, name }: { kind: Kind; name: string }): string => `${kind} ${name}`;

/** Returns the input with which the constructor identifies a resource. */
export const declaredBy = (declaration: { kind: Kind; name: string }): string =>
  createHash("sha256").update(identityOf(declaration)).digest("hex").slice(0, 7);

/** Returns the automatic name of a template. */
export const automaticName = (name: string): string => `${name}-${declaredBy({ kind: "template", name })}`;

export const templateNameOf = ({ name, templateName }: TemplateDeclaration): string =>
  templateName ?? automaticName(name);

/**
 * Returns the name that a template has or should have in the cloud. If the program sets none, a template that
 * is or was adopted by its id keeps its name.
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

/** Returns the key of a binding's rule: `domain` or `domain/app`. */
export const keyOf = ({ domainName, appName }: { domainName: string; appName?: string }): string =>
  appName ? `${domainName}/${appName}` : domainName;

/** Returns the keys that several bindings of a program declare, which is an error. */
export function disputedKeys(program: Program): string[] {
  const keys = program.flatMap((one) => (one.kind === "binding" ? [keyOf(one)] : []));
  return keys.filter((key, index) => keys.indexOf(key) !== index);
}

/** Returns the resources on which a declaration depends. */
export const dependenciesOf = (declaration: Declaration): string[] =>
  declaration.kind === "binding" && "of" in declaration.template
    ? [urnOf({ kind: "template", name: declaration.template.of })]
    : [];

/** Returns the arguments as the constructor passes them. `idOf` returns the template id of a resource. */
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

/** Formats a declaration in one line, for counterexamples. */
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
