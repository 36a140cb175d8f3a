/** Pulumi resources for the live-stream callbacks of Tencent Cloud CSS. */
export {
  type BindTarget,
  CallbackTemplate,
  type CallbackTemplateArgs,
  type RecordExceptionLevel,
} from "./dynamic/callbackTemplate";
export { DomainBinding, type DomainBindingArgs } from "./dynamic/domainBinding";
