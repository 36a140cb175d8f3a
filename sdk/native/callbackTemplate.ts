import * as pulumi from "@pulumi/pulumi";
import type { BindTarget, CallbackTemplateArgs, RecordExceptionLevel } from "../arguments";
import { type BindingDefaults, bindingDefaults, bindTo } from "../bindTo";
import { checkConfigurationKeys } from "../configuration";
import { type CallbackTemplateInfo, type OutputsOf, TEMPLATE_OUTPUTS } from "../outputs";
import { readId } from "../readId";
import { dynamicType, nativeToken } from "../resourceTypes";
import { limitFrames, withCallers } from "../stackTraces";
import { DomainBinding } from "./domainBinding";

const TYPE = nativeToken("CallbackTemplate");

/**
 * A callback template of Tencent Cloud CSS: the URLs that receive live-stream events, and the key that signs
 * them. It takes effect on the domains that it is bound to, in about 5 to 10 minutes. An account holds at
 * most 50. Its id, also for `pulumi import`, is the template id.
 *
 * Changes are made in place. A field that is removed from the program is cleared in the cloud. A template
 * that is still bound is not deleted. A deleted template cannot be recovered.
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
export class CallbackTemplate extends pulumi.CustomResource implements OutputsOf<CallbackTemplateInfo> {
  declare readonly templateName: pulumi.Output<string>;
  declare readonly description: pulumi.Output<string | undefined>;
  /** A secret; `""` if there is no key. */
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
  /** The id that the API assigned. It is also known in previews once the template exists. */
  readonly templateId: pulumi.Output<number>;
  readonly #ofBindings: BindingDefaults;

  /**
   * Reads an existing template that this stack does not manage.
   *
   * @param id the template id, for example `385622` or `"385622"`
   * @throws RunError if the id is absent or empty
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID | number>,
    opts?: pulumi.CustomResourceOptions,
  ): CallbackTemplate {
    const what = `CallbackTemplate.get(${JSON.stringify(name)})`;
    return new CallbackTemplate(name, {}, { ...opts, id: readId(what, id, 'the template id, for example "385622"') });
  }

  constructor(name: string, args: CallbackTemplateArgs, opts?: pulumi.CustomResourceOptions) {
    checkConfigurationKeys("native", opts);
    const { callbackKey } = args;
    const inputs = {
      ...TEMPLATE_OUTPUTS,
      ...args,
      callbackKey: callbackKey === undefined ? undefined : pulumi.secret(callbackKey),
    };
    // No version: otherwise each release would have its own default provider, in a different process from the
    // one that deletes resources of an earlier release or imported resources.
    const options = {
      aliases: [{ type: dynamicType("CallbackTemplate") }],
      additionalSecretOutputs: ["callbackKey"],
      deleteBeforeReplace: true,
    };
    const limit = limitFrames();
    try {
      super(TYPE, name, inputs, pulumi.mergeOptions(options, opts));
    } catch (error) {
      throw withCallers(error, limit);
    } finally {
      Error.stackTraceLimit = limit;
    }
    this.#ofBindings = bindingDefaults(this, opts);
    // Derived from the id, which stays known in a preview that changes the template, even if the plugin
    // cannot predict the outputs.
    this.templateId = this.id.apply(Number);
  }

  /**
   * Binds this template to push domains, with one {@link DomainBinding} for each. A binding is named after
   * its domain and app, which must therefore be plain text. For an output, create a `DomainBinding` yourself.
   * Moving a domain from the list of one template to that of another is a change in place. Listing it in both
   * is an error at preview.
   *
   * @param domains push domains, or apps on them
   * @param opts options of every binding; `protect`, `retainOnDelete` and `provider` default to those of the
   *   template
   * @throws RunError if `domains` is not a list, or a domain or app is not plain text
   * @example
   * ```ts
   * hooks.bindTo(["push.example.com", { domainName: "other.example.com", appName: "live" }]);
   * ```
   */
  bindTo(domains: readonly BindTarget[], opts: pulumi.CustomResourceOptions = {}): DomainBinding[] {
    return bindTo(DomainBinding, this.templateId, domains, opts, this.#ofBindings);
  }
}
