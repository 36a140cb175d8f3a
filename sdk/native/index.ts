/**
 * Pulumi resources for the live-stream callbacks of Tencent Cloud CSS, over the native provider.
 *
 * @module pulumi-tencentcloud-live/native
 */

export type { BindTarget, CallbackTemplateArgs, DomainBindingArgs, RecordExceptionLevel } from "../arguments";
export type { CallbackTemplateInfo, DomainBindingInfo } from "../outputs";
export { CallbackTemplate } from "./callbackTemplate";
export { DomainBinding } from "./domainBinding";
export {
  type GetCallbackTemplateArgs,
  type GetCallbackTemplateOutputArgs,
  type GetCallbackTemplateResult,
  type GetCallbackTemplatesResult,
  type GetDomainBindingsArgs,
  type GetDomainBindingsOutputArgs,
  type GetDomainBindingsResult,
  getCallbackTemplate,
  getCallbackTemplateOutput,
  getCallbackTemplates,
  getCallbackTemplatesOutput,
  getDomainBindings,
  getDomainBindingsOutput,
} from "./functions";
export { Provider } from "./provider";
export type { ProviderArgs } from "./providerArgs";
