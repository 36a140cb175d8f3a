import type { dynamic } from "@pulumi/pulumi";
import type { Host } from "../../host";
import { standardError } from "../../log";
import { NAMESPACE, type SettingKey } from "../../settings/keys";
import { ADVICE, STALENESS } from "../pulumi";

/** Pulumi's dynamic provider host, where settings come from the stack configuration. */
export class StackHost implements Host {
  readonly configuration = "the stack configuration";
  /** The engine shows the standard error of its providers. */
  readonly log = standardError;
  readonly staleness = STALENESS;
  readonly advice = {
    ...ADVICE,
    timeout: `Check the network, or raise ${NAMESPACE}:requestTimeoutSeconds.`,
  };
  #read = (_name: string): unknown => undefined;

  /**
   * Keeps the stack configuration. It neither waits nor checks anything, because Pulumi uses the provider
   * before `configure` has ended and discards any error. It is called once per resource type, always with the
   * same configuration.
   */
  configure(request: dynamic.ConfigureRequest): void {
    this.#read = (name) => request.config.get(name);
  }

  get(key: SettingKey): string | undefined {
    const value = this.#read(this.settingName(key));
    return value === undefined || value === null || value === "" ? undefined : String(value);
  }

  settingName(key: SettingKey): string {
    return `${NAMESPACE}:${key}`;
  }

  correction(settingName: string): string {
    return `Correct it with "pulumi config set ${settingName} <value>". ${this.staleness}`;
  }
}
