import type { dynamic } from "@pulumi/pulumi";
import type { Host } from "../../host";
import { standardError } from "../../log";
import { NAMESPACE, type SettingKey } from "../../settings/keys";
import { ADVICE, STALENESS } from "../pulumi";

/** Pulumi's dynamic provider host: settings come from the configuration of the stack. */
export class StackHost implements Host {
  readonly configuration = "the stack configuration";
  /** The engine shows what its provider writes there. */
  readonly log = standardError;
  readonly staleness = STALENESS;
  readonly advice = {
    ...ADVICE,
    timeout: `Check the network, or raise ${NAMESPACE}:requestTimeoutSeconds.`,
  };
  #read = (_name: string): unknown => undefined;

  /**
   * Keeps the stack's configuration. It neither waits nor checks anything: Pulumi hands the provider out
   * before `configure` has ended, and discards what it throws. It is called once per resource type, always
   * with the same configuration.
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
