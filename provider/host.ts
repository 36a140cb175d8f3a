import type { Log } from "./log";
import type { SettingKey } from "./settings/keys";

/**
 * The host that the core runs in: where its users keep their settings, and how they can correct a failure.
 * Messages take from it the words that depend on the host.
 */
export interface Host {
  /**
   * The name of the configuration in messages, for example `the stack configuration`. Absent: there is none.
   */
  readonly configuration?: string;
  /** Shows a line to the user while a run goes on; never called while a module loads. */
  readonly log: Log;
  /** Returns the value of a setting in the configuration; `undefined` where it is absent or empty. */
  get(key: SettingKey): string | undefined;
  /** Returns the name under which users set it, for example `tencentcloud-live:endpoint`. */
  settingName(key: SettingKey): string;
  /** Returns how to correct a wrong value in the configuration, in whole sentences. */
  correction(settingName: string): string;
  /**
   * When a changed value in the configuration, for example a rotated key, takes effect: a sentence, or `""`.
   */
  readonly staleness: string;
  readonly advice: {
    /** What to do after a request that timed out. */
    readonly timeout: string;
    /** What to do after throttling. */
    readonly throttled: string;
    /** What to do when a resource in the state no longer exists. */
    readonly gone: string;
    /** How to give up resources of the state that this run cannot reach. */
    readonly forget: string;
    /**
     * How a program declares that a resource of the state continues under another name or in another place. It
     * begins with the condition, because the core cannot tell whether that is what has happened.
     */
    readonly moved: string;
    /** What to do when a resource that is only read does not exist. */
    readonly missing: string;
  };
}
