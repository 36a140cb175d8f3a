import { formatKey } from "../../provider/resources/ruleKey";
import { type Declared, type DeclaredTemplate, readFolder } from "./declared";
import type { Model } from "./model";

/** A template that exists on one side only. */
export interface TemplateOfOneSide {
  /** `undefined` if the program has no id. */
  templateId?: number | undefined;
  /** The name of the resource in a program. */
  name: string;
}

/** The templates and rules that exist on one side only. */
export interface OneSide {
  templates: readonly TemplateOfOneSide[];
  /** `push.example.com` or `push.example.com/live`. */
  rules: readonly string[];
}

/** The difference between an account and a folder. */
export interface Difference {
  onlyInAccount: OneSide;
  onlyInFolder: OneSide;
}

/**
 * Compares the templates and rules of an account with those in the programs of a folder.
 * `pulumi preview --refresh` compares their properties.
 *
 * @throws Error if the folder has no program in the form that the export writes
 */
export function compareWithFolder({ templates, leftOut }: Model, folder: string): Difference {
  const declared: Declared = readFolder(folder);
  const exported = templates.map(({ id, name }) => ({ id, name: name.resource }));
  const rules = templates.flatMap(({ bindings }) => bindings.map(formatKey));
  // A program may declare by hand what the export leaves out.
  const inAccount = [
    ...exported,
    ...leftOut.flatMap((one) => ("rule" in one ? [] : [{ id: one.templateId, name: "" }])),
  ];
  const rulesInAccount = [...rules, ...leftOut.flatMap((one) => ("rule" in one ? [one.rule] : []))];
  return {
    onlyInAccount: {
      templates: without(exported, declared.templates),
      rules: rules.filter((key) => !declared.rules.includes(key)),
    },
    onlyInFolder: {
      templates: without(declared.templates, inAccount),
      rules: declared.rules.filter((key) => !rulesInAccount.includes(key)),
    },
  };
}

/** Returns the templates that are not among the others. Names are compared only if an id is missing. */
function without(templates: readonly DeclaredTemplate[], others: readonly DeclaredTemplate[]): TemplateOfOneSide[] {
  const isSame = (one: DeclaredTemplate, other: DeclaredTemplate): boolean =>
    one.id === undefined || other.id === undefined ? one.name === other.name : one.id === other.id;
  return templates
    .filter((one) => !others.some((other) => isSame(one, other)))
    .map(({ id, name }) => ({ templateId: id, name }));
}
