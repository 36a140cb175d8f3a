import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { INPUT_NAMES as TEMPLATE_INPUTS } from "../../provider/resources/callbackTemplate/inputs";
import { INPUT_NAMES as BINDING_INPUTS } from "../../provider/resources/domainBinding/inputs";
import { CREDENTIAL_SETTINGS, SETTINGS, TOKEN_VARIABLES } from "../../provider/settings/keys";
import { BINDING_OUTPUTS, TEMPLATE_OUTPUTS } from "../../sdk/outputs";
import { packageSchema, SCHEMA_FILE, schemaText } from "../../tools/schema";
import type { PropertySpec, ResourceSpec } from "../../tools/schema/types";

const schema = packageSchema();
const [template, binding] = Object.values(schema.resources) as [ResourceSpec, ResourceSpec];

/** Returns every set of properties in a part of the schema, by its path. */
function propertySets(part: object, place: string): [place: string, Record<string, PropertySpec>][] {
  return Object.entries(part).flatMap(([key, value]): ReturnType<typeof propertySets> => {
    const here = `${place}/${key.replace("tencentcloud-live:index:", "")}`;
    if (/^(variables|properties|inputProperties)$/.test(key)) return [[here, value]];
    return typeof value === "object" ? propertySets(value, here) : [];
  });
}

const PROPERTIES = propertySets(schema, "").flatMap(([place, properties]) =>
  Object.entries(properties).map(([name, property]) => ({ place: `${place}/${name}`, property })),
);

describe("the schema of the native provider", () => {
  it("is committed as npm run schema generates it", () => {
    expect(readFileSync(SCHEMA_FILE, "utf8")).to.equal(schemaText());
  });

  it("has exactly the inputs that the checks of the resources accept", () => {
    expect(Object.keys(template.inputProperties)).to.have.members(TEMPLATE_INPUTS);
    expect(Object.keys(binding.inputProperties)).to.have.members(BINDING_INPUTS);
    expect([template.requiredInputs, binding.requiredInputs]).to.deep.equal([undefined, ["domainName", "templateId"]]);
  });

  it("has the outputs of the resource classes", () => {
    expect(Object.keys(template.properties)).to.have.members([...Object.keys(TEMPLATE_OUTPUTS), "templateId"]);
    expect(template.required).to.have.members(["templateId", "templateName", "callbackKey"]);
    expect(Object.keys(binding.properties)).to.have.members(Object.keys(BINDING_OUTPUTS));
    expect(binding.required).to.have.members(["domainName", "appName", "templateId"]);
  });

  it("has the settings as configuration and as arguments of an explicit provider", () => {
    expect(Object.keys(schema.config.variables)).to.deep.equal(Object.keys(SETTINGS));
    expect(Object.keys(schema.provider.inputProperties)).to.deep.equal(Object.keys(SETTINGS));
  });

  it("describes the environment variables of a setting, and has them as defaults of the configuration only", () => {
    for (const [key, variable] of Object.entries(SETTINGS)) {
      const environment = key === "securityToken" ? [...TOKEN_VARIABLES] : variable && [variable];
      const { description, defaultInfo } = schema.config.variables[key] ?? { description: "" };
      expect(defaultInfo?.environment, key).to.deep.equal(environment);
      expect(description.match(/TENCENTCLOUD_\w+/g) ?? undefined, key).to.deep.equal(environment);
      expect(schema.provider.inputProperties[key]).to.not.have.property("defaultInfo");
    }
  });

  it("describes every property, resource, function and type", () => {
    for (const { place, property } of PROPERTIES) {
      expect(property.description, place).to.match(/^["`A-Z].*\.$/s);
    }
    const parts = { ...schema.types, ...schema.resources, ...schema.functions };
    for (const [name, { description }] of Object.entries(parts)) expect(description, name).to.match(/^[A-Z].{20}/);
  });

  it("marks only the callback key and the credentials as secrets", () => {
    const places = ["types/CallbackTemplateInfo/properties", "functions/getCallbackTemplate/outputs/properties"].concat(
      ["properties", "inputProperties"].map((side) => `resources/CallbackTemplate/${side}`),
    );
    const settings = ["config/variables", "provider/properties", "provider/inputProperties"];
    expect(PROPERTIES.filter(({ property }) => property.secret).map(({ place }) => place)).to.have.members([
      ...places.map((place) => `/${place}/callbackKey`),
      ...settings.flatMap((place) => CREDENTIAL_SETTINGS.map((name) => `/${place}/${name}`)),
    ]);
  });

  it("has union types, and the levels with the console's name", () => {
    const oneOf = (...types: string[]) => ({ oneOf: types.map((type) => ({ type })) });
    expect(template.inputProperties["adopt"]).to.deep.include(oneOf("boolean", "integer"));
    expect(binding.inputProperties["templateId"]).to.deep.include(oneOf("integer", "string"));
    expect(template.properties["templateId"]).to.include({ type: "integer" });
    const levels = Object.values(schema.types).flatMap((type) => ("enum" in type ? type.enum : []));
    expect(levels.map(({ value }) => value)).to.deep.equal(["error", "warning", "info", "alarm"]);
    const types = Object.values(schema.config.variables).map((setting) => "type" in setting && setting.type);
    expect([...new Set(types)]).to.have.members(["string", "integer", "number", "boolean", "array"]);
  });

  it("has the types of the dynamic provider as aliases", () => {
    expect([template.aliases, binding.aliases]).to.deep.equal([
      [{ type: "pulumi-nodejs:dynamic/tencentcloud-live:CallbackTemplate" }],
      [{ type: "pulumi-nodejs:dynamic/tencentcloud-live:DomainBinding" }],
    ]);
  });

  it("marks the properties that replace a binding, and none that replaces a template", () => {
    const replacing = [template, binding].map(({ inputProperties }) =>
      Object.keys(inputProperties).filter((name) => inputProperties[name]?.willReplaceOnChanges),
    );
    expect(replacing).to.deep.equal([[], ["domainName", "appName"]]);
  });
});

describe("the examples in the schema", () => {
  const folder = resolve(__dirname, "../../tools/schema/examples");
  const inputsOf: Record<string, object> = {
    "tencentcloud-live:CallbackTemplate": template.inputProperties,
    "tencentcloud-live:DomainBinding": binding.inputProperties,
    "pulumi:providers:tencentcloud-live": schema.provider.inputProperties,
  };

  it("are in its descriptions, in the format of the registry", () => {
    const described = [template, binding, schema.provider].map(({ description }) => description).join("\n");
    for (const file of readdirSync(folder)) {
      const language = file.endsWith(".ts") ? "typescript" : "yaml";
      const example = `\`\`\`${language}\n${readFileSync(join(folder, file), "utf8")}\`\`\``;
      expect(described, file).to.contain(example);
    }
    expect(described.match(/^\{\{% \/?examples? %\}\}$/gm)).to.have.length(12);
  });

  it("declare only resources and properties of the schema in YAML", () => {
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".yaml"))) {
      const { resources } = parse(readFileSync(join(folder, file), "utf8"));
      for (const { type, properties } of Object.values<{ type: string; properties: object }>(resources)) {
        expect(inputsOf, file).to.have.property(type);
        expect(inputsOf[type], file).to.include.keys(Object.keys(properties));
      }
    }
  });
});
