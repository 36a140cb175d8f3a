import type { Host } from "../../host";
import { standardError } from "../../log";
import { SETTINGS, type SettingKey } from "../../settings/keys";

/** The host of a command, which has no configuration. All settings come from the environment. */
export const environmentHost: Host = {
  log: standardError,
  get: () => undefined,
  settingName: (key: SettingKey) => SETTINGS[key] ?? key,
  correction: () => "Correct it.",
  staleness: "",
  advice: {
    timeout: "Check the network, and run again.",
    throttled: "Run again later.",
    gone: "Check the id.",
    forget: "",
    moved: "",
    missing: "Check the id.",
  },
};
