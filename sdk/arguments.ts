import type * as pulumi from "@pulumi/pulumi";
import type { UrlProperty } from "../provider/api/contract/events";
import type { RecordExceptionLevel } from "../provider/api/contract/limits";

export type { RecordExceptionLevel };

/** A URL for each event; {@link CallbackTemplateArgs} describes each. */
type UrlArguments = { [Property in UrlProperty]?: pulumi.Input<string | undefined> };

/**
 * The arguments of a `CallbackTemplate`. At least one URL must be set. Every URL is absolute, `http` or
 * `https`, and its host must resolve in public DNS; a query and user info are allowed. An empty string counts
 * as not set.
 *
 * The names in quotation marks are those of the console.
 *
 * @see https://www.tencentcloud.com/document/product/267/30815 CreateLiveCallbackTemplate
 */
export interface CallbackTemplateArgs extends UrlArguments {
  /**
   * "Template Name": 1 to 30 Chinese characters, letters, digits, `_` and `-`.
   *
   * @default the resource's name, made to fit, and a hash that tells projects and stacks apart. A template that
   * is renamed, or moved to another parent, keeps it with the option `aliases`; without it a new one is made
   */
  templateName?: pulumi.Input<string | undefined>;
  /** "Template Description": up to 100 Chinese characters, letters, digits, `_` and `-`. */
  description?: pulumi.Input<string | undefined>;
  /**
   * "Callback Key": up to 32 letters and digits, with which the cloud signs every callback. Always a secret.
   *
   * @default no key: callbacks come without a signature
   */
  callbackKey?: pulumi.Input<string | undefined>;
  /** "Push Callback": a stream has begun (event 1). */
  streamBeginNotifyUrl?: pulumi.Input<string | undefined>;
  /** "Interruption Callback": a stream has ended (event 0). */
  streamEndNotifyUrl?: pulumi.Input<string | undefined>;
  /**
   * "Recording file callback", in older consoles "Recording Callback": a recording file is ready (event 100).
   */
  recordNotifyUrl?: pulumi.Input<string | undefined>;
  /**
   * "Recording status callback": a recording has started, paused, resumed, failed or ended (event 332).
   *
   * The API does not return this field, so a refresh does not detect a change made elsewhere.
   */
  recordStatusNotifyUrl?: pulumi.Input<string | undefined>;
  /** "Screencapture Callback": a screenshot was taken (event 200). */
  snapshotNotifyUrl?: pulumi.Input<string | undefined>;
  /** "Porn Detection Callback": image moderation has a hit (event 317). */
  pornCensorshipNotifyUrl?: pulumi.Input<string | undefined>;
  /** "Error callbacks": the push has errors (event 321). */
  pushExceptionNotifyUrl?: pulumi.Input<string | undefined>;
  /**
   * "Recording Error Callback": the recording has errors (event 341), of the levels in
   * `recordExceptionLevels`.
   */
  recordExceptionNotifyUrl?: pulumi.Input<string | undefined>;
  /**
   * "Recording Exception Level": which errors are reported; only with `recordExceptionNotifyUrl`. `"alarm"`,
   * the console's word, is accepted for `"warning"`.
   *
   * @default ["error"]
   */
  recordExceptionLevels?: pulumi.Input<pulumi.Input<RecordExceptionLevel | "alarm">[] | undefined>;
  /** Audio moderation has a hit (event 315). Not in the console. */
  audioAuditNotifyUrl?: pulumi.Input<string | undefined>;
  /**
   * Takes over an existing template: `true` for the one called `templateName` (created if there is none), or
   * its id. Adopted by its id, it keeps its name if the program gives none. From then on it belongs to the
   * stack: a destroy deletes it.
   *
   * The adoption fails with `Provider.WouldOverwrite` and a list of the differences if the template is not what
   * the program says. If it is, nothing is written.
   *
   * @default false: a template of this name in the account is an error
   */
  adopt?: pulumi.Input<boolean | number | undefined>;
  /**
   * Changes the adopted template to what the program says, and clears what the program leaves out. Needed too if
   * the program sets `recordStatusNotifyUrl`, which cannot be compared because the API does not return it. Only
   * with `adopt`; it has no effect once the resource is in the stack.
   *
   * @default false: a template that would change is not adopted
   */
  adoptOverwrite?: pulumi.Input<boolean | undefined>;
}

/**
 * The arguments of a `DomainBinding`.
 *
 * @see https://www.tencentcloud.com/document/product/267/30816 CreateLiveCallbackRule
 */
export interface DomainBindingArgs {
  /**
   * The push domain: a host name without scheme, port and wildcard. Letter case does not matter; a Unicode
   * name is turned into its ASCII form. Unless `tencentcloud-live:verifyDomains` is false it must be an
   * enabled push domain of the account. Another domain is another binding (a replacement).
   */
  domainName: pulumi.Input<string>;
  /**
   * The app (push path) that the binding is for: letters, digits, `_`, `-` and `.`; letter case matters.
   * Another app is another binding (a replacement).
   *
   * @default "": the whole domain
   */
  appName?: pulumi.Input<string | undefined>;
  /** The template: its `id` or its `templateId`. A change is made in place. */
  templateId: pulumi.Input<number | string>;
  /**
   * Takes the domain over if it is bound to another template already.
   *
   * @default false: that is an error which names the other template
   */
  adopt?: pulumi.Input<boolean | undefined>;
}

/**
 * A push domain to bind: the whole domain, or one app on it. `adopt` takes the domain over if it is bound to
 * another template already, as in a `DomainBinding`.
 */
export type BindTarget =
  | string
  | {
      /** The push domain, for example `push.example.com`. */
      domainName: string;
      /** One app on it. @default the whole domain */
      appName?: string | undefined;
      /** Whether to take the domain over from another template. @default false */
      adopt?: boolean | undefined;
    };
