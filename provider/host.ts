import type { Log } from "./log";
import type { SettingKey } from "./settings/keys";

/**
 * The host that the core runs in. It provides the settings of its users, and the parts of messages that
 * depend on the host.
 */
export interface Host {
  /** The name of the configuration in messages, such as `the stack configuration`, if there is one. */
  readonly configuration?: string;
  /** Shows a line to the user during a run. It is never called while a module loads. */
  readonly log: Log;
  /** Returns the value of a setting in the configuration; `undefined` where it is absent or empty. */
  get(key: SettingKey): string | undefined;
  /** Returns the name under which users set a setting, for example `tencentcloud-live:endpoint`. */
  settingName(key: SettingKey): string;
  /** Returns how to correct a wrong value in the configuration, in whole sentences. */
  correction(settingName: string): string;
  /** A sentence about when a changed value, for example a rotated key, takes effect, or `""`. */
  readonly staleness: string;
  readonly advice: {
    /** What to do after a request that timed out. */
    readonly timeout: string;
    /** What to do after throttling. */
    readonly throttled: string;
    /** What to do when a resource in the state no longer exists. */
    readonly gone: string;
    /** How to remove resources from the state that this run cannot reach. */
    readonly forget: string;
    /**
     * How a program declares that a resource was renamed or moved. The sentence begins with a condition,
     * because the core cannot determine whether that has happened.
     */
    readonly moved: string;
    /** What to do when a resource that the program only reads does not exist. */
    readonly missing: string;
  };
}
