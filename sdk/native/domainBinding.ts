import * as pulumi from "@pulumi/pulumi";
import type { DomainBindingArgs } from "../arguments";
import { checkConfigurationKeys } from "../configuration";
import { BINDING_OUTPUTS, type DomainBindingInfo, type OutputsOf } from "../outputs";
import { readId } from "../readId";
import { dynamicType, nativeToken } from "../resourceTypes";
import { limitFrames, withCallers } from "../stackTraces";

const TYPE = nativeToken("DomainBinding");

/**
 * The binding of a push domain, or of one app on it, to a callback template. It takes effect in about 5 to 10
 * minutes. Its id, also for `pulumi import`, is `domainName` or `domainName/appName`.
 *
 * A change of the template deletes the rule in the cloud and immediately creates it again. If that fails, the
 * old rule is restored. A delete removes the rule only if it still points to this template in a list that is
 * at most 2 s old.
 *
 * @example
 * ```ts
 * new DomainBinding("push", { domainName: "push.example.com", appName: "live", templateId: hooks.templateId });
 * ```
 */
export class DomainBinding extends pulumi.CustomResource implements OutputsOf<DomainBindingInfo> {
  declare readonly domainName: pulumi.Output<string>;
  /** The app (push path); `""` for the whole domain. */
  declare readonly appName: pulumi.Output<string>;
  declare readonly templateId: pulumi.Output<number>;
  /** When the rule was created, in ISO 8601 with Beijing's offset. Exact only after a refresh. */
  declare readonly createTime: pulumi.Output<string | undefined>;
  /** When the rule was last changed, in the same format. */
  declare readonly updateTime: pulumi.Output<string | undefined>;

  /**
   * Reads an existing binding that this stack does not manage.
   *
   * @param id `domainName` or `domainName/appName`, for example `"push.example.com/live"`
   * @throws RunError if the id is absent or empty
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): DomainBinding {
    const what = `DomainBinding.get(${JSON.stringify(name)})`;
    const read = readId(what, id, 'domainName or domainName/appName, for example "push.example.com/live"');
    return new DomainBinding(name, BINDING_OUTPUTS as unknown as DomainBindingArgs, { ...opts, id: read });
  }

  constructor(name: string, args: DomainBindingArgs, opts?: pulumi.CustomResourceOptions) {
    checkConfigurationKeys("native", opts);
    const inputs = { ...BINDING_OUTPUTS, ...args };
    const options = { aliases: [{ type: dynamicType("DomainBinding") }] };
    const limit = limitFrames();
    try {
      super(TYPE, name, inputs, pulumi.mergeOptions(options, opts));
    } catch (error) {
      throw withCallers(error, limit);
    } finally {
      Error.stackTraceLimit = limit;
    }
  }
}
