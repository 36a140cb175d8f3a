import * as pulumi from "@pulumi/pulumi";
import { CREDENTIAL_SETTINGS, NAMESPACE } from "../../provider/settings/keys";
import type { ProviderArgs } from "./providerArgs";

/**
 * An explicit provider with its own settings, for one account and one endpoint of Tencent Cloud. Use several
 * providers in one stack to manage several accounts. A resource selects its provider with the option
 * `provider`.
 *
 * A setting that is unknown, mistyped or out of its limits fails the preview. A changed setting never
 * replaces a resource.
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

/**
 * Converts settings to the form in which a program passes them to a plugin: text, and other values as JSON.
 * `null` counts as not set, as in the arguments of a resource.
 */
function inputsOf(args: ProviderArgs): pulumi.Inputs {
  const given = Object.entries(args).filter(([, value]) => !isAbsent(value));
  // The plugin rejects unknown names.
  return Object.fromEntries(given.map(([name, value]: [string, Setting]) => [name, inputOf(name, value)]));
}

function inputOf(name: string, value: Setting): pulumi.Output<string | undefined> {
  const text = pulumi.output(value).apply(asText);
  return (CREDENTIAL_SETTINGS as readonly string[]).includes(name) ? pulumi.secret(text) : text;
}

function asText(value: unknown): string | undefined {
  if (isAbsent(value)) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null;
