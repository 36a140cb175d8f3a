import type { packageSchema } from ".";
import type { PropertySpec, TypeSpec } from "./types";

/** An object type or an enumeration. */
interface NamedType {
  description?: string;
  properties?: Properties;
  required?: string[] | undefined;
  enum?: readonly { value: string; description?: string | undefined }[];
}
type Schema = Omit<ReturnType<typeof packageSchema>, "types"> & { types: Record<string, NamedType> };
type Properties = Record<string, PropertySpec>;

/**
 * Returns the Markdown reference of the native provider, by file name: a page for each resource and function,
 * pages for the provider, the configuration and the types, and an index.
 */
export function schemaPages(schema: Schema): Record<string, string> {
  const { name, displayName, description, config, provider, resources, functions, types } = schema;
  const pages = [
    page("Configuration", "The settings of a stack, for its default provider.", [
      section("Settings", withPrefix(`${name}:`, config.variables)),
    ]),
    page("Provider", provider.description, [section("Inputs", provider.inputProperties)]),
    ...Object.entries(resources).map(([token, resource]) =>
      page(token, resource.description, [
        section("Inputs", resource.inputProperties, resource.requiredInputs),
        section("Outputs", resource.properties, resource.required, ALWAYS),
      ]),
    ),
    ...Object.entries(functions).map(([token, { description, inputs, outputs }]) =>
      page(token, description, [
        inputs ? section("Arguments", inputs.properties, inputs.required) : "It has no arguments.",
        section("Result", outputs.properties, outputs.required, ALWAYS),
      ]),
    ),
    page("Types", "The types of some properties.", Object.entries(types).map(typeSection)),
  ];
  const links = pages.map(({ title, file }) => `- [${title}](${file})`).join("\n");
  const index = `# ${displayName}\n\n${description}\n\n${links}\n`;
  return Object.fromEntries([["index.md", index], ...pages.map(({ file, text }) => [file, text])]);
}

/** Returns the name in a token such as `tencentcloud-live:index:DomainBinding`. */
const nameOf = (token: string): string => token.replace(/^.*[:/]/, "");

function page(token: string, description: string, sections: readonly string[]) {
  const title = nameOf(token);
  // Removes the markers of the Pulumi registry around the examples.
  const introduction = description.replace(/\{\{%.*?%\}\}\n*/g, "").trim();
  const shownToken = token === title ? [] : [`\`${token}\``];
  const text = [`# ${title}`, ...shownToken, introduction, ...sections].join("\n\n");
  return { title, file: `${title.toLowerCase()}.md`, text: `${text}\n` };
}

/** The label of `required` for a value that a program reads. */
const ALWAYS = "always set";

function section(
  title: string,
  properties: Properties,
  required: readonly string[] = [],
  requiredText = "required",
): string {
  const rows = Object.entries(properties).map(([name, property]) => {
    const facts = [...(required.includes(name) ? [requiredText] : []), ...factsOf(property)];
    return `| \`${name}\` | ${[typeText(property), ...facts].join(", ")} | ${inCell(property.description)} |`;
  });
  return [`## ${title}\n`, "| property | type | description |", "| --- | --- | --- |", ...rows].join("\n");
}

const withPrefix = (prefix: string, properties: Properties): Properties =>
  Object.fromEntries(Object.entries(properties).map(([name, property]) => [`${prefix}${name}`, property]));

const factsOf = ({ secret, willReplaceOnChanges }: PropertySpec): string[] => [
  ...(secret ? ["secret"] : []),
  ...(willReplaceOnChanges ? ["a change replaces the resource"] : []),
];

function typeText(spec: TypeSpec): string {
  if ("$ref" in spec) return `[${nameOf(spec.$ref)}](types.md#${nameOf(spec.$ref).toLowerCase()})`;
  if ("oneOf" in spec) return spec.oneOf.map(typeText).join(" or ");
  return spec.type === "array" ? `list of ${typeText(spec.items)}` : spec.type;
}

function typeSection([token, { description = "", properties, required, enum: values = [] }]: [string, NamedType]) {
  if (properties) return section(nameOf(token), properties, required, ALWAYS).replace("\n", `\n\n${description}\n`);
  const items = values.map(({ value, description: meaning }) => `- \`${value}\`${meaning ? `: ${meaning}` : ""}`);
  return `## ${nameOf(token)}\n\n${description}\n\n${items.join("\n")}`;
}

const inCell = (text: string): string => text.replace(/\s*\n\s*/g, " ").replaceAll("|", "\\|");
