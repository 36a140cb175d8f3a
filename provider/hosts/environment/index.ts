import type { Host } from "../../host";
import { SETTINGS, type SettingKey } from "../../settings/keys";

/** A command that a person runs: it has no configuration, and its settings come from the environment alone. */
export const environmentHost: Host = {
  get: () => undefined,
  settingName: (key: SettingKey) => SETTINGS[key] ?? key,
  correction: () => "Correct it.",
  staleness: "",
  advice: {
    timeout: "Check the network, and run again.",
    throttled: "Run again later.",
    gone: "Check the id.",
    missing: "Check the id.",
  },
};
