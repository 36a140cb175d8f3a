import { NAME_CHARACTERS } from "../../provider/api/contract/limits";
import type { TemplateInfo } from "../../provider/api/contract/live";

/** What a template is called in a program. */
export interface ProgramName {
  /** The name of the resource, for example `live-hooks`. */
  resource: string;
  /** The name of the variable, for example `liveHooks`. */
  variable: string;
  /** The same, or one with the id, in ASCII: for keys of the configuration, and for YAML. */
  plain: string;
}

/**
 * Names every template of an account after its name there. Of templates whose names make one variable, the one with
 * the lowest id has it, and the others have their ids added: a template that is made later changes no name.
 */
export function nameTemplates(
  templates: readonly Pick<TemplateInfo, "TemplateId" | "TemplateName">[],
): Map<number, ProgramName> {
  const names = new Map<number, ProgramName>();
  const taken = new Set<string>();
  for (const { TemplateId, TemplateName = "" } of [...templates].sort((a, b) => a.TemplateId - b.TemplateId)) {
    const base = resourceName(TemplateName);
    let name = programName(base, String(TemplateId));
    for (let next = 1; taken.has(name.variable) || taken.has(name.plain); next++) {
      const suffix = next === 1 ? `${TemplateId}` : `${TemplateId}-${next}`;
      name = programName([base || "template", suffix].join("-"), suffix.replace("-", "_"));
    }
    taken.add(name.variable).add(name.plain);
    names.set(TemplateId, name);
  }
  return names;
}

/** Names a binding where it cannot have the name of its domain and app, which is not one word. */
export const bindingName = (template: string, index: number): string => `${template}Binding${index + 1}`;

/** The ends of names that are made of a template's: of its bindings, and of its secrets in the configuration. */
const DERIVED = /(Binding\d+|CallbackKey|NotifyUrl)$/;

function programName(name: string, suffix: string): ProgramName {
  const resource = name || `template-${suffix}`;
  const variable = variableName(resource);
  const isPlain = /^\w+$/.test(variable) && !DERIVED.test(variable);
  return { resource, variable, plain: isPlain ? variable : `template${suffix}` };
}

/** Returns the name with `-` in place of characters that a template's name does not have in the console. */
function resourceName(templateName: string): string {
  const characters = [...templateName.normalize("NFC")].map((one) => (NAME_CHARACTERS.test(one) ? one : "-"));
  return characters.join("").replace(/-+/g, "-").replace(/^-|-$/g, "");
}

/** Words that cannot be, or should not be, the name of a variable at the top of a module. */
const RESERVED = new Set(
  `abstract any arguments as async await boolean break callbackKey case catch class config const constructor continue
  debugger declare decodeURI default delete do else encodeURI enum escape eval export exports extends false finally for
  from function get globalThis if implements import in instanceof interface isFinite isNaN let module namespace never
  new null number object of package parseFloat parseInt private process protected public pulumi require return set
  static string super switch symbol this throw true try type typeof undefined unescape unknown var void while with
  yield`.split(/\s+/),
);

function variableName(resource: string): string {
  const words = resource.split(/[^\p{ID_Continue}]+|_+/u).filter(Boolean);
  const [first = "", ...others] = words.map((word) => (/\p{Ll}/u.test(word) ? word : word.toLowerCase()));
  const capitalize = (word: string) => word.replace(/^./u, (letter) => letter.toUpperCase());
  const name = [first.replace(/^./u, (letter) => letter.toLowerCase()), ...others.map(capitalize)].join("");
  if (!/^\p{ID_Start}/u.test(name)) return `template${name}`;
  return RESERVED.has(name) ? `${name}Template` : name;
}
