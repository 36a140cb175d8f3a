import type * as pulumi from "@pulumi/pulumi";
import type { UrlProperty } from "../provider/api/contract/events";
import type { RecordExceptionLevel } from "../provider/api/contract/limits";

export type { RecordExceptionLevel };

/** The URL of each event. {@link CallbackTemplateArgs} describes them. */
type UrlArguments = { [Property in UrlProperty]?: pulumi.Input<string | undefined> };

/**
 * The arguments of a `CallbackTemplate`. At least one URL must be set. Every URL must be absolute, use `http`
 * or `https`, and have a host that resolves in public DNS. A query and user info are allowed. An empty string
 * counts as not set.
 *
 * The names in quotation marks are those of the console.
 *
 * @see https://www.tencentcloud.com/document/product/267/30815 CreateLiveCallbackTemplate
 */
export interface CallbackTemplateArgs extends UrlArguments {
  /**
   * "Template Name": 1 to 30 Chinese characters, letters, digits, `_` and `-`.
   *
   * @default the resource name, shortened if necessary, and a hash that differs between projects and stacks.
   *   A template that is renamed or moved to another parent keeps its name with the option `aliases`; without
   *   it, a new template is created
   */
  templateName?: pulumi.Input<string | undefined>;
  /** "Template Description": up to 100 Chinese characters, letters, digits, `_` and `-`. */
  description?: pulumi.Input<string | undefined>;
  /**
   * "Callback Key": up to 32 letters and digits, with which the cloud signs every callback. Always a secret.
   *
   * @default no key: callbacks are not signed
   */
  callbackKey?: pulumi.Input<string | undefined>;
  /** "Push Callback": a stream has begun (event 1). */
  streamBeginNotifyUrl?: pulumi.Input<string | undefined>;
  /** "Interruption Callback": a stream has ended (event 0). */
  streamEndNotifyUrl?: pulumi.Input<string | undefined>;
  /**
   * "Recording file callback" ("Recording Callback" in older consoles): a recording file is ready (event
   * 100).
   */
  recordNotifyUrl?: pulumi.Input<string | undefined>;
  /**
   * "Recording status callback": a recording has started, paused, resumed, failed or ended (event 332).
   *
   * The API does not return this field, so a refresh does not detect an out-of-band change.
   */
  recordStatusNotifyUrl?: pulumi.Input<string | undefined>;
  /** "Screencapture Callback": a screenshot was taken (event 200). */
  snapshotNotifyUrl?: pulumi.Input<string | undefined>;
  /** "Porn Detection Callback": image moderation has found a violation (event 317). */
  pornCensorshipNotifyUrl?: pulumi.Input<string | undefined>;
  /** "Error callbacks": a stream push has errors (event 321). */
  pushExceptionNotifyUrl?: pulumi.Input<string | undefined>;
  /**
   * "Recording Error Callback": a recording has errors of the levels in `recordExceptionLevels` (event 341).
   */
  recordExceptionNotifyUrl?: pulumi.Input<string | undefined>;
  /**
   * "Recording Exception Level": the levels of errors that are reported. Requires `recordExceptionNotifyUrl`.
   * `"alarm"`, the console's word, is accepted as `"warning"`.
   *
   * @default ["error"]
   */
  recordExceptionLevels?: pulumi.Input<pulumi.Input<RecordExceptionLevel | "alarm">[] | undefined>;
  /** Audio moderation has found a violation (event 315). Not in the console. */
  audioAuditNotifyUrl?: pulumi.Input<string | undefined>;
  /**
   * Takes over an existing template. `true` selects the template named `templateName`, which is created if it
   * does not exist; a number is the id of the template. A template adopted by its id keeps its name if the
   * program gives no name. The template then belongs to the stack, and a destroy deletes it.
   *
   * If the template differs from the program, the adoption fails with `Provider.WouldOverwrite` and a list of
   * the differences. Otherwise nothing is written.
   *
   * @default false: an existing template of this name is an error
   */
  adopt?: pulumi.Input<boolean | number | undefined>;
  /**
   * Changes the adopted template to match the program, and clears the fields that the program omits. Also
   * needed if the program sets `recordStatusNotifyUrl`, which cannot be compared because the API does not
   * return it. Requires `adopt`. It has no effect once the resource is in the stack.
   *
   * @default false: a template that differs from the program is not adopted
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
   * The push domain: a host name without scheme, port and wildcard. Letter case does not matter. A Unicode
   * name is converted to its ASCII form. Unless `tencentcloud-live:verifyDomains` is false, it must be an
   * enabled push domain of the account. A change replaces the binding.
   */
  domainName: pulumi.Input<string>;
  /**
   * The app (push path) of the binding: letters, digits, `_`, `-` and `.`. Letter case matters. A change
   * replaces the binding.
   *
   * @default "": the whole domain
   */
  appName?: pulumi.Input<string | undefined>;
  /** The `id` or `templateId` of the template. A change is made in place. */
  templateId: pulumi.Input<number | string>;
  /**
   * Takes over the domain if it is already bound to another template.
   *
   * @default false: such a binding is an error that names the other template
   */
  adopt?: pulumi.Input<boolean | undefined>;
}

/**
 * A push domain to bind: the whole domain, or one app on it. As in a `DomainBinding`, `adopt` takes over a
 * domain that is already bound to another template.
 */
export type BindTarget =
  | string
  | {
      /** The push domain, for example `push.example.com`. */
      domainName: string;
      /** One app on it. @default the whole domain */
      appName?: string | undefined;
      /** Whether to take over the domain from another template. @default false */
      adopt?: boolean | undefined;
    };
