import * as pulumi from "@pulumi/pulumi";
import type { CallbackTemplateInfo, DomainBindingInfo } from "../outputs";
import { nativeToken } from "../resourceTypes";

/** The arguments of a function as inputs. */
type OutputArgs<Args> = { [Name in keyof Args]: pulumi.Input<Args[Name]> };

/** The id or the name of the template to look up. */
export interface GetCallbackTemplateArgs {
  /** The id of the template. Set either this or `templateName`. */
  templateId?: number | string;
  /** The name of the template. Set either this or `templateId`. */
  templateName?: string;
}

/** The arguments of `getCallbackTemplateOutput`. */
export type GetCallbackTemplateOutputArgs = OutputArgs<GetCallbackTemplateArgs>;

/** A callback template of the account. */
export interface GetCallbackTemplateResult extends CallbackTemplateInfo {}

/** The callback templates of the account. */
export interface GetCallbackTemplatesResult {
  /** Every template, in the order of the API. */
  templates: CallbackTemplateInfo[];
}

/** The filters of the bindings to list. */
export interface GetDomainBindingsArgs {
  /**
   * Lists only bindings of this domain and of the apps on it.
   *
   * @default bindings of every domain
   */
  domainName?: string;
  /**
   * Lists only bindings to the template with this id.
   *
   * @default bindings to every template
   */
  templateId?: number | string;
}

/** The arguments of `getDomainBindingsOutput`. */
export type GetDomainBindingsOutputArgs = OutputArgs<GetDomainBindingsArgs>;

/** The bindings of the account. */
export interface GetDomainBindingsResult {
  /** Every binding that passes the filters, in the order of the API. */
  bindings: DomainBindingInfo[];
}

/**
 * Looks up a callback template of the account, whether a stack manages it or not. The API does not return
 * `recordStatusNotifyUrl`.
 *
 * @remarks `callbackKey` is in clear in the result. {@link getCallbackTemplateOutput} keeps it a secret.
 * @throws Error if neither or both of the arguments are given, if the template does not exist, or if several
 *   templates have the name
 * @example
 * ```ts
 * const { templateId } = await getCallbackTemplate({ templateName: "hooks" });
 * ```
 */
export function getCallbackTemplate(
  args: GetCallbackTemplateArgs,
  opts?: pulumi.InvokeOptions,
): Promise<GetCallbackTemplateResult> {
  return pulumi.runtime.invoke(nativeToken("getCallbackTemplate"), { ...args }, opts);
}

/**
 * Looks up a callback template like {@link getCallbackTemplate}. Arguments may be outputs. The result is a
 * secret, because it contains `callbackKey`.
 */
export function getCallbackTemplateOutput(
  args: GetCallbackTemplateOutputArgs,
  opts?: pulumi.InvokeOutputOptions,
): pulumi.Output<GetCallbackTemplateResult> {
  return pulumi.runtime.invokeOutput(nativeToken("getCallbackTemplate"), { ...args }, opts);
}

/**
 * Lists the callback templates of the account, at most 50, whether a stack manages them or not. The API does
 * not return `recordStatusNotifyUrl`.
 *
 * @remarks Each `callbackKey` is in clear in the result. {@link getCallbackTemplatesOutput} keeps them
 *   secret.
 * @example
 * ```ts
 * const { templates } = await getCallbackTemplates();
 * ```
 */
export function getCallbackTemplates(opts?: pulumi.InvokeOptions): Promise<GetCallbackTemplatesResult> {
  return pulumi.runtime.invoke(nativeToken("getCallbackTemplates"), {}, opts);
}

/**
 * Lists the callback templates of the account like {@link getCallbackTemplates}. The result is a secret,
 * because it contains every `callbackKey`.
 */
export function getCallbackTemplatesOutput(
  opts?: pulumi.InvokeOutputOptions,
): pulumi.Output<GetCallbackTemplatesResult> {
  return pulumi.runtime.invokeOutput(nativeToken("getCallbackTemplates"), {}, opts);
}

/**
 * Lists the bindings of push domains and apps to templates, whether a stack manages them or not.
 *
 * @param args filters; a binding is listed if it passes all of them
 * @example
 * ```ts
 * const { bindings } = await getDomainBindings({ domainName: "push.example.com" });
 * ```
 */
export function getDomainBindings(
  args: GetDomainBindingsArgs = {},
  opts?: pulumi.InvokeOptions,
): Promise<GetDomainBindingsResult> {
  return pulumi.runtime.invoke(nativeToken("getDomainBindings"), { ...args }, opts);
}

/** Lists bindings like {@link getDomainBindings}. Arguments may be outputs. */
export function getDomainBindingsOutput(
  args: GetDomainBindingsOutputArgs = {},
  opts?: pulumi.InvokeOutputOptions,
): pulumi.Output<GetDomainBindingsResult> {
  return pulumi.runtime.invokeOutput(nativeToken("getDomainBindings"), { ...args }, opts);
}
