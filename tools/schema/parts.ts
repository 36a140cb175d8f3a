import { ACCEPTED_RECORD_EXCEPTION_LEVELS } from "../../provider/api/contract/limits";
import { REPLACING } from "../../provider/resources/domainBinding";
import { dynamicType, nativeToken } from "../../sdk/resourceTypes";
import { exampleOf } from "./examples";
import type { SettingSpecs } from "./settings";
import type { Sources } from "./sources";
import { type FunctionSpec, type ObjectSpec, objectSpec, type PropertySpec, type ResourceSpec } from "./types";

type ResourceName = "CallbackTemplate" | "DomainBinding";

/** Returns a part of the schema under its token. */
export const named = <Spec>(name: string, spec: Spec): Record<string, Spec> => ({ [nativeToken(name)]: spec });

/**
 * Returns a resource with the description of its class, the inputs of its arguments and the outputs of a
 * lookup.
 */
export function resourceSpec(sources: Sources, name: ResourceName): ResourceSpec {
  const outputs = objectSpec(sources, `${name}Info`);
  const inputs = objectSpec(sources, `${name}Args`);
  return {
    description: `${describeClass(sources, name)}\n\n${importOf(name)}`,
    properties: outputs.properties,
    required: outputs.required,
    inputProperties: withReplacement(name, inputs.properties),
    requiredInputs: inputs.required,
    aliases: [{ type: dynamicType(name) }],
  };
}

/** An example of an import: the name of the resource in the program, and its id. */
const IMPORTS: Record<ResourceName, string> = {
  CallbackTemplate: "hooks 385622",
  DomainBinding: "push.example.com/live push.example.com/live",
};

/** Returns the section on the import of a resource, in the form of the Pulumi registry. */
const importOf = (name: ResourceName): string =>
  `## Import\n\n\`\`\`sh\npulumi import ${nativeToken(name)} ${IMPORTS[name]}\n\`\`\``;

function withReplacement(resource: ResourceName, properties: Record<string, PropertySpec>) {
  const replacing: readonly string[] = resource === "DomainBinding" ? REPLACING : [];
  const entries = Object.entries(properties).map(([name, property]) => [
    name,
    replacing.includes(name) ? { ...property, willReplaceOnChanges: true } : property,
  ]);
  return Object.fromEntries(entries) as Record<string, PropertySpec>;
}

/** Returns the resource of an explicit provider. */
export function providerSpec(sources: Sources, { inputs, outputs }: SettingSpecs): ResourceSpec {
  return { description: describeClass(sources, "Provider"), properties: outputs, inputProperties: inputs };
}

/** Returns a function. A function without arguments has no inputs. */
export function functionSpec(sources: Sources, name: string): FunctionSpec {
  const typeName = name.replace(/^./, (letter) => letter.toUpperCase());
  return {
    description: sources.describe(name),
    ...(sources.exports(`${typeName}Args`) && { inputs: typeSpecOf(sources, `${typeName}Args`) }),
    outputs: typeSpecOf(sources, `${typeName}Result`),
  };
}

/** Returns an object type, with the description of its interface. */
export const typeSpecOf = (sources: Sources, name: string): ObjectSpec => ({
  description: sources.describe(name),
  ...objectSpec(sources, name),
});

/** Returns the enumeration of the levels of recording errors. */
export function enumSpec(sources: Sources) {
  return {
    description: sources.describe("RecordExceptionLevel"),
    type: "string",
    enum: ACCEPTED_RECORD_EXCEPTION_LEVELS.map((value) => ({
      ...(value === "alarm" && { description: "The console's word for `warning`." }),
      value,
    })),
  };
}

const EXAMPLES = {
  CallbackTemplate: { file: "callbackTemplate", title: "Send the events of push domains to a receiver" },
  DomainBinding: { file: "domainBinding", title: "Bind an app to a template that is managed elsewhere" },
  Provider: { file: "provider", title: "Use an account with a profile" },
};

/** Returns the descriptions of a class and of its arguments, and an example. */
function describeClass(sources: Sources, name: keyof typeof EXAMPLES): string {
  const { file, title } = EXAMPLES[name];
  const ofArguments = sources.describe(`${name}Args`).replace(/^The \w+ of an? `\w+`[^.]*\.\s*/, "");
  return [sources.describe(name), ofArguments, exampleOf(file, title)].filter(Boolean).join("\n\n");
}
