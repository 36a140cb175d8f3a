import { NAME_CHARACTERS } from "../../provider/api/contract/limits";
import type { TemplateInfo } from "../../provider/api/contract/live";

/** The names of a template in a program. */
export interface ProgramName {
  /** The name of the resource, for example `live-hooks`. */
  resource: string;
  /** The name of the variable, for example `liveHooks`. */
  variable: string;
  /** The name for configuration keys and YAML: the variable if it is ASCII, otherwise a name with the id. */
  plain: string;
}

/**
 * Derives the names of all templates of an account from their names in the cloud. Where several templates
 * would have the same variable, the lowest id keeps it and the others get their ids appended. A new template
 * therefore never changes an existing name.
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

/** Returns the name of a binding where the key of its domain and app cannot be used as an identifier. */
export const bindingName = (template: string, index: number): string => `${template}Binding${index + 1}`;

/** The suffixes of the names of a template's bindings and secrets. */
const DERIVED = /(Binding\d+|CallbackKey|NotifyUrl)$/;

function programName(name: string, suffix: string): ProgramName {
  const resource = name || `template-${suffix}`;
  const variable = variableName(resource);
  const isPlain = /^\w+$/.test(variable) && !DERIVED.test(variable);
  return { resource, variable, plain: isPlain ? variable : `template${suffix}` };
}

/** Replaces characters that the console does not allow in template names with `-`. */
function resourceName(templateName: string): string {
  const characters = [...templateName.normalize("NFC")].map((one) => (NAME_CHARACTERS.test(one) ? one : "-"));
  return characters.join("").replace(/-+/g, "-").replace(/^-|-$/g, "");
}

/** Words that a variable at the top of a module cannot or should not have as its name. */
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
