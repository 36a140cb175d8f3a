/**
 * Pulumi resources for the live-stream callbacks of Tencent Cloud CSS, as dynamic resources.
 *
 * @module pulumi-tencentcloud-live
 */

export type { BindTarget, CallbackTemplateArgs, DomainBindingArgs, RecordExceptionLevel } from "./arguments";
export { CallbackTemplate } from "./dynamic/callbackTemplate";
export { DomainBinding } from "./dynamic/domainBinding";
