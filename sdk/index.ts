/** Pulumi resources for the live-stream callbacks of Tencent Cloud CSS. */
export type { BindTarget, CallbackTemplateArgs, DomainBindingArgs, RecordExceptionLevel } from "./arguments";
export { CallbackTemplate } from "./dynamic/callbackTemplate";
export { DomainBinding } from "./dynamic/domainBinding";
