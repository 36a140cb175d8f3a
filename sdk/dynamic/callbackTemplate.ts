import * as pulumi from "@pulumi/pulumi";
import type { RecordExceptionLevel } from "../../provider/api/contract/limits";
import { checkConfigurationKeys } from "./configuration";
import { DomainBinding } from "./domainBinding";
import { autoName, ownerOf } from "./owner";
import { providerStub, resourceType } from "./providerStub";
import { limitFrames, withCallers } from "./stackTraces";

export type { RecordExceptionLevel };

/**
 * The arguments of a {@link CallbackTemplate}. At least one URL must be set. Every URL is absolute, `http` or `https`,
 * and its host must resolve in public DNS; a query and user info are allowed. An empty string counts as not set.
 *
 * The names in quotation marks are those of the console.
 *
 * @see https://www.tencentcloud.com/document/product/267/30815 CreateLiveCallbackTemplate
 */
export interface CallbackTemplateArgs {
  /**
   * "Template Name": 1 to 30 Chinese characters, letters, digits, `_` and `-`.
   *
   * @default the resource's name, made to fit, and a hash that tells projects and stacks apart
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
  /** "Recording file callback", in older consoles "Recording Callback": a recording file is ready (event 100). */
  recordNotifyUrl?: pulumi.Input<string | undefined>;
  /**
   * "Recording status callback": a recording has started, paused, resumed, failed or ended (event 332).
   *
   * The API does not return this field, so a change made elsewhere is not noticed by a refresh.
   */
  recordStatusNotifyUrl?: pulumi.Input<string | undefined>;
  /** "Screencapture Callback": a screenshot was taken (event 200). */
  snapshotNotifyUrl?: pulumi.Input<string | undefined>;
  /** "Porn Detection Callback": image moderation has a hit (event 317). */
  pornCensorshipNotifyUrl?: pulumi.Input<string | undefined>;
  /** "Error callbacks": the push has errors (event 321). */
  pushExceptionNotifyUrl?: pulumi.Input<string | undefined>;
  /** "Recording Error Callback": the recording has errors (event 341), of the levels in `recordExceptionLevels`. */
  recordExceptionNotifyUrl?: pulumi.Input<string | undefined>;
  /**
   * "Recording Exception Level": which errors are reported; only with `recordExceptionNotifyUrl`. `"alarm"`, the
   * console's word, is accepted for `"warning"`.
   *
   * @default ["error"]
   */
  recordExceptionLevels?: pulumi.Input<pulumi.Input<RecordExceptionLevel | "alarm">[] | undefined>;
  /** Audio moderation has a hit (event 315). Not in the console. */
  audioAuditNotifyUrl?: pulumi.Input<string | undefined>;
  /**
   * Takes over a template that exists: `true` for the one called `templateName` (created if there is none), or its
   * id. Its fields become those of the program, and from then on it belongs to the stack: a destroy deletes it.
   *
   * @default false: a template of this name in the account is an error
   */
  adopt?: pulumi.Input<boolean | number | undefined>;
}

/** A push domain to bind: the whole domain, or one app on it. */
export type BindTarget = string | { domainName: string; appName?: string };

const TYPE = resourceType("CallbackTemplate");

/** Listed, so that each of them is an output also where the program does not set it. */
const OUTPUTS = {
  templateName: undefined,
  description: undefined,
  callbackKey: undefined,
  streamBeginNotifyUrl: undefined,
  streamEndNotifyUrl: undefined,
  recordNotifyUrl: undefined,
  recordStatusNotifyUrl: undefined,
  snapshotNotifyUrl: undefined,
  pornCensorshipNotifyUrl: undefined,
  pushExceptionNotifyUrl: undefined,
  recordExceptionNotifyUrl: undefined,
  recordExceptionLevels: undefined,
  audioAuditNotifyUrl: undefined,
};

/**
 * A callback template of Tencent Cloud CSS: the URLs that receive live-stream events, and the key that signs them.
 * It takes effect on the domains that it is bound to, in about 5 to 10 minutes. An account holds at most 50.
 *
 * Changes are made in place. A field that is removed from the program is cleared in the cloud. A deleted template
 * cannot be recovered; one that is still bound is not deleted.
 *
 * @example
 * ```ts
 * const hooks = new CallbackTemplate("hooks", {
 *   streamBeginNotifyUrl: "https://hooks.example.com/live",
 *   streamEndNotifyUrl: "https://hooks.example.com/live",
 *   callbackKey: new pulumi.Config().requireSecret("callbackKey"),
 * });
 * hooks.bindTo(["push.example.com"]);
 * ```
 */
export class CallbackTemplate extends pulumi.CustomResource {
  declare readonly templateName: pulumi.Output<string>;
  declare readonly description: pulumi.Output<string | undefined>;
  /** Secret; `""` where there is no key. */
  declare readonly callbackKey: pulumi.Output<string>;
  declare readonly streamBeginNotifyUrl: pulumi.Output<string | undefined>;
  declare readonly streamEndNotifyUrl: pulumi.Output<string | undefined>;
  declare readonly recordNotifyUrl: pulumi.Output<string | undefined>;
  declare readonly recordStatusNotifyUrl: pulumi.Output<string | undefined>;
  declare readonly snapshotNotifyUrl: pulumi.Output<string | undefined>;
  declare readonly pornCensorshipNotifyUrl: pulumi.Output<string | undefined>;
  declare readonly pushExceptionNotifyUrl: pulumi.Output<string | undefined>;
  declare readonly recordExceptionNotifyUrl: pulumi.Output<string | undefined>;
  declare readonly recordExceptionLevels: pulumi.Output<RecordExceptionLevel[] | undefined>;
  declare readonly audioAuditNotifyUrl: pulumi.Output<string | undefined>;
  /** The id that the API gave the template. Known in previews too once the template exists. */
  readonly templateId: pulumi.Output<number>;

  /**
   * Reads an existing template that this stack does not manage.
   *
   * @param id the template id, for example `"385622"`
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): CallbackTemplate {
    return new CallbackTemplate(name, {}, { ...opts, id });
  }

  constructor(name: string, args: CallbackTemplateArgs, opts?: pulumi.CustomResourceOptions) {
    checkConfigurationKeys();
    const isRead = opts?.id !== undefined;
    const owner = ownerOf(TYPE, name, opts?.parent);
    const inputs = {
      ...OUTPUTS,
      ...args,
      ...(!isRead && { automaticName: autoName(name, owner), declaredBy: owner }),
      // Secret even when it is absent: a key set in the console would otherwise be stored in clear by a refresh.
      callbackKey: pulumi.secret(args.callbackKey).apply((key) => key ?? ""),
      __provider: providerStub("callbackTemplate"),
    };
    const options = { additionalSecretOutputs: ["callbackKey"], deleteBeforeReplace: true };
    const limit = limitFrames();
    try {
      super(TYPE, name, inputs, pulumi.mergeOptions(options, opts));
    } catch (error) {
      throw withCallers(error, limit);
    } finally {
      Error.stackTraceLimit = limit;
    }
    // Not an output of its own: those become unknown whenever the template is about to change, the id does not.
    this.templateId = this.id.apply(Number);
  }

  /**
   * Binds this template to push domains, each as a {@link DomainBinding} of its own, named after its domain and app:
   * so they must be plain text; for an output make a `DomainBinding` yourself. Moving a domain from one template's list to another's is therefore a change in place; naming it in two is an
   * error at preview.
   *
   * @param domains push domains, or apps on them
   * @param opts for every binding
   * @example
   * ```ts
   * hooks.bindTo(["push.example.com", { domainName: "other.example.com", appName: "live" }]);
   * ```
   */
  bindTo(domains: readonly BindTarget[], opts?: pulumi.CustomResourceOptions): DomainBinding[] {
    return domains.map((target) => {
      const { domainName, appName } = typeof target === "string" ? { domainName: target, appName: "" } : target;
      const name = domainName.toLowerCase().replace(/\.$/, "") + (appName ? `/${appName}` : "");
      return new DomainBinding(name, { domainName, appName, templateId: this.templateId }, opts);
    });
  }
}
