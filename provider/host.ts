import type { SettingKey } from "./settings/keys";

/**
 * What the core has to know of the host it runs in: where its users keep their settings, and what they do about a
 * failure. The words of messages that only one host can know come from here.
 */
export interface Host {
  /** How messages call the configuration, for example `the stack configuration`. Absent: there is none. */
  readonly configuration?: string;
  /** The value of a setting in the configuration; absent and empty are alike. */
  get(key: SettingKey): string | undefined;
  /** The name under which users set it, for example `tencentcloud-live:endpoint`. */
  settingName(key: SettingKey): string;
  /** How a wrong value in the configuration is corrected: sentences. */
  correction(settingName: string): string;
  /** What is to be known of values in the configuration that were changed, for example rotated keys: a sentence. */
  readonly staleness: string;
  readonly advice: {
    /** After a request that took too long. */
    readonly timeout: string;
    /** After too many calls. */
    readonly throttled: string;
    /** Where a resource of the state does not exist any more. */
    readonly gone: string;
    /** Where a resource that is only read does not exist. */
    readonly missing: string;
  };
}
