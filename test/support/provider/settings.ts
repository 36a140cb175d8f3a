import { ProviderError } from "../../../provider/api/errors";
import { readSettings, type Settings } from "../../../provider/settings";

/** The settings of a stack with this configuration, in this environment. */
export const read = (config: Record<string, string>, environment: Record<string, string> = {}): Settings =>
  readSettings((key) => config[key], environment);

/** What the settings are refused with. */
export function refusal(config: Record<string, string>, environment: Record<string, string> = {}): ProviderError {
  try {
    read(config, environment);
  } catch (error) {
    if (error instanceof ProviderError) return error;
    throw error;
  }
  throw new Error("it was accepted");
}
