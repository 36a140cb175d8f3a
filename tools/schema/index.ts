import { join, resolve } from "node:path";
import { description, keywords, license } from "../../package.json";
import { NAMESPACE } from "../../provider/settings/keys";
import { enumSpec, functionSpec, named, providerSpec, resourceSpec, typeSpecOf } from "./parts";
import { settingSpecs } from "./settings";
import { Sources } from "./sources";

/** The path of the committed schema. */
export const SCHEMA_FILE = resolve(__dirname, "../..", join("provider", "hosts", "plugin", "schema.json"));

/**
 * Creates the schema of the native provider for Pulumi, its registry and the SDK generators. The plugin adds
 * its version.
 *
 * @see https://www.pulumi.com/docs/iac/extending-pulumi/schema/
 */
export function packageSchema() {
  const sources = new Sources();
  const settings = settingSpecs(sources);
  return {
    name: NAMESPACE,
    displayName: "Tencent Cloud Live Callbacks",
    description,
    keywords,
    license,
    language: LANGUAGES,
    config: { variables: settings.variables },
    types: {
      ...named("RecordExceptionLevel", enumSpec(sources)),
      ...named("CallbackTemplateInfo", typeSpecOf(sources, "CallbackTemplateInfo")),
      ...named("DomainBindingInfo", typeSpecOf(sources, "DomainBindingInfo")),
    },
    provider: providerSpec(sources, settings),
    resources: {
      ...named("CallbackTemplate", resourceSpec(sources, "CallbackTemplate")),
      ...named("DomainBinding", resourceSpec(sources, "DomainBinding")),
    },
    functions: {
      ...named("getCallbackTemplate", functionSpec(sources, "getCallbackTemplate")),
      ...named("getCallbackTemplates", functionSpec(sources, "getCallbackTemplates")),
      ...named("getDomainBindings", functionSpec(sources, "getDomainBindings")),
    },
  };
}

/** A generated SDK has the version of the schema. */
const respectSchemaVersion = true;
const LANGUAGES = {
  nodejs: { respectSchemaVersion },
  python: { respectSchemaVersion, pyproject: { enabled: true } },
  go: { respectSchemaVersion },
  csharp: { respectSchemaVersion, namespaces: { [NAMESPACE]: "TencentCloudLive" } },
};

/** Returns the content of the schema file. */
export const schemaText = (): string => `${JSON.stringify(packageSchema(), null, 2)}\n`;
