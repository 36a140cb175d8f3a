import type { ProviderCode } from "../../api/codes";
import { LiveError } from "../../api/errors";
import { isUnknown, type Properties } from "../../properties";
import { readSettings } from "../../settings";
import type { Environment, SettingKey } from "../../settings/keys";
import { SETTINGS } from "../../settings/keys";
import { suggestion } from "../../suggestion";
import type { CheckFailure } from "../../validation";
import { own, type Words, words } from "../../words";
import { PluginHost } from "./pluginHost";

/** Inputs of a provider resource that Pulumi adds. */
const PULUMIS: readonly string[] = ["version", "pluginDownloadURL", "__internal", "__defaults"];

const KEYS = Object.keys(SETTINGS) as SettingKey[];

/**
 * Checks the keys of a provider configuration and, if all values are known, the values. The message of a
 * failure names the property, the limit and the given value.
 */
export function checkConfiguration(
  values: Properties,
  provider: string | undefined,
  environment: Environment,
): CheckFailure[] {
  const unknown = Object.keys(values).filter((name) => !PULUMIS.includes(name) && !KEYS.includes(name as SettingKey));
  // The value of a mistyped key may be a secret, so no failure names it as its property.
  const failures = unknown.map((name) => ({ property: "", reason: mistyped(name) }));
  // An unknown value counts as unset, so that another value may wrongly appear invalid.
  return failures.length > 0 || isUnknown(values) ? failures : wrongValues(values, provider, environment);
}

function mistyped(name: string): Words {
  const near = suggestion(name, KEYS);
  return words`${name} is not a configuration key of this provider${own(near ? `; did you mean ${near}?` : "")}`;
}

function wrongValues(values: Properties, provider: string | undefined, environment: Environment): CheckFailure[] {
  const host = new PluginHost();
  host.configure(values, provider);
  try {
    readSettings(host, environment);
    return [];
  } catch (error) {
    const code: ProviderCode = "Provider.InvalidConfiguration";
    if (!(error instanceof LiveError) || error.code !== code) throw error;
    const property = KEYS.find((key) => error.message.startsWith(host.settingName(key))) ?? "";
    return [{ property, reason: words`${error.reason}. ${error.advice}` }];
  }
}
