import type { dynamic } from "@pulumi/pulumi";
import { ProviderError } from "../../../provider/api/errors";
import { StackHost } from "../../../provider/hosts/dynamic/stackHost";
import { readSettings, type Settings } from "../../../provider/settings";

/** Returns the dynamic provider host with a stack configuration, whose keys have no namespace. */
export function hostWith(config: Readonly<Record<string, string>>): StackHost {
  const host = new StackHost();
  const get = (name: string) => config[name.replace(/^tencentcloud-live:/, "")];
  host.configure({ config: { get } as unknown as dynamic.Config });
  return host;
}

/** Returns the settings of a stack with this configuration and environment. */
export const read = (config: Record<string, string>, environment: Record<string, string> = {}): Settings =>
  readSettings(hostWith(config), environment);

/** Returns the error for invalid settings. */
export function refusal(config: Record<string, string>, environment: Record<string, string> = {}): ProviderError {
  try {
    read(config, environment);
  } catch (error) {
    if (error instanceof ProviderError) return error;
    throw error;
  }
  throw new Error("it was accepted");
}
