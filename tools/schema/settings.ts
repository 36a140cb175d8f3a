import { SETTINGS, type SettingKey, TOKEN_VARIABLES } from "../../provider/settings/keys";
import type { Sources } from "./sources";
import { objectSpec, type PropertySpec } from "./types";

type Properties = Record<string, PropertySpec>;

/** The settings as parts of the schema. */
export interface SettingSpecs {
  /** The keys of a stack's configuration. */
  variables: Properties;
  /**
   * The arguments of an explicit provider. They have no defaults, because a generated SDK would copy
   * environment variables into the state, and such a key would override a profile of the program. The plugin
   * itself reads the variables at each run.
   */
  inputs: Properties;
  /** The outputs of an explicit provider, which can only be strings. */
  outputs: Properties;
}

/** Returns the settings of the provider. */
export function settingSpecs(sources: Sources): SettingSpecs {
  const inputs = objectSpec(sources, "ProviderArgs").properties;
  const entries = Object.entries(inputs);
  return {
    variables: Object.fromEntries(entries.map(([key, setting]) => [key, { ...setting, ...defaultOf(key) }])),
    inputs,
    outputs: Object.fromEntries(entries.filter(([, setting]) => "type" in setting && setting.type === "string")),
  };
}

/** Returns the environment variables of a setting. */
function defaultOf(key: string): Pick<PropertySpec, "defaultInfo"> {
  const variable = SETTINGS[key as SettingKey];
  if (!variable) return {};
  return { defaultInfo: { environment: key === "securityToken" ? TOKEN_VARIABLES : [variable] } };
}
