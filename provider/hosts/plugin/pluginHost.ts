import type { Host } from "../../host";
import { type Log, standardError } from "../../log";
import { isUnknown, type Properties } from "../../properties";
import { NAMESPACE, type SettingKey } from "../../settings/keys";
import { ADVICE, STALENESS } from "../pulumi";

/** The host of the plugin. Settings are the inputs of a provider resource, explicit or default. */
export class PluginHost implements Host {
  readonly configuration = "the provider configuration";
  readonly staleness = STALENESS;
  readonly advice = {
    ...ADVICE,
    timeout: "Check the network, or raise requestTimeoutSeconds of the provider.",
  };
  #values: Properties = {};
  #provider: string | undefined;
  #log: Log = standardError;

  /** Writes lines to the log of the engine. */
  get log(): Log {
    return (severity, line) => this.#log(severity, line);
  }

  logTo(log: Log): void {
    this.#log = log;
  }

  /** Sets the configuration. `provider` is the name of an explicit provider resource. */
  configure(values: Properties, provider: string | undefined): void {
    this.#values = values;
    this.#provider = provider;
  }

  get(key: SettingKey): string | undefined {
    return asText(this.#values[key]);
  }

  settingName(key: SettingKey): string {
    return this.#provider === undefined
      ? `${NAMESPACE}:${key}`
      : `${key} of the provider ${JSON.stringify(this.#provider)}`;
  }

  correction(settingName: string): string {
    const place =
      this.#provider === undefined
        ? `Correct it with "pulumi config set ${settingName} <value>".`
        : "Correct it in the program.";
    return `${place} ${this.staleness}`;
  }
}

/** Converts a setting to text. SDKs send text, or JSON as text. YAML programs send values of every type. */
function asText(value: unknown): string | undefined {
  if (value === undefined || value === null || value === "" || isUnknown(value)) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}
