import * as pulumi from "@pulumi/pulumi";
import { CREDENTIAL_SETTINGS, NAMESPACE } from "../../provider/settings/keys";
import type { ProviderArgs } from "./providerArgs";

/**
 * A provider with settings of its own: one account and one endpoint of Tencent Cloud. Several of them in one stack
 * manage several accounts. A resource uses it through its option `provider`.
 *
 * A setting that is not known, mistyped or out of its limits fails the preview. A changed setting never replaces a
 * resource.
 *
 * @remarks The bindings of `bindTo` use the provider of their template.
 * @example
 * ```ts
 * const staging = new Provider("staging", { profile: "staging", allowedAccountIds: ["100000000001"] });
 * new CallbackTemplate("hooks", { streamBeginNotifyUrl: "https://hooks.example.com/live" }, { provider: staging });
 * ```
 */
export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: ProviderArgs = {}, opts?: pulumi.ResourceOptions) {
    const options = { additionalSecretOutputs: [...CREDENTIAL_SETTINGS] };
    super(NAMESPACE, name, inputsOf(args), pulumi.mergeOptions(options, opts));
  }
}

type Setting = ProviderArgs[keyof ProviderArgs];

/** Returns settings as a plugin receives them from a program: text, and any other value as JSON. */
function inputsOf(args: ProviderArgs): pulumi.Inputs {
  const given = Object.entries(args).filter(([, value]) => value !== undefined);
  // The plugin rejects a name that it does not know.
  return Object.fromEntries(given.map(([name, value]: [string, Setting]) => [name, inputOf(name, value)]));
}

function inputOf(name: string, value: Setting): pulumi.Output<string> {
  const asText = (plain: unknown) => (typeof plain === "string" ? plain : JSON.stringify(plain));
  const text = pulumi.output(value).apply(asText);
  return (CREDENTIAL_SETTINGS as readonly string[]).includes(name) ? pulumi.secret(text) : text;
}
