import { formatKey } from "../../provider/resources/ruleKey";
import { type Declared, type DeclaredTemplate, readFolder } from "./declared";
import type { Model } from "./model";

/** A template that only one side has. */
export interface TemplateOfOneSide {
  /** Absent where a program gives none. */
  templateId?: number | undefined;
  /** The name of the resource in a program. */
  name: string;
}

/** The templates and rules that only one side has. */
export interface OneSide {
  templates: readonly TemplateOfOneSide[];
  /** `push.example.com` or `push.example.com/live`. */
  rules: readonly string[];
}

/** What is only in the account, or only in the folder. */
export interface Difference {
  onlyInAccount: OneSide;
  onlyInFolder: OneSide;
}

/**
 * Compares an account with the programs of a folder. It compares which templates and rules there are;
 * `pulumi preview --refresh` compares their properties.
 *
 * @throws Error if the folder holds no program in the form that the export writes
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

/** Returns the templates that are not among the others. Only where one has no id, names are compared. */
function without(templates: readonly DeclaredTemplate[], others: readonly DeclaredTemplate[]): TemplateOfOneSide[] {
  const isSame = (one: DeclaredTemplate, other: DeclaredTemplate): boolean =>
    one.id === undefined || other.id === undefined ? one.name === other.name : one.id === other.id;
  return templates
    .filter((one) => !others.some((other) => isSame(one, other)))
    .map(({ id, name }) => ({ templateId: id, name }));
}
