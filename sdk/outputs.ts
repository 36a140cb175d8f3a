import type * as pulumi from "@pulumi/pulumi";
import { CALLBACK_EVENTS, type UrlProperty } from "../provider/api/contract/events";
import type { CallbackTemplateArgs, DomainBindingArgs, RecordExceptionLevel } from "./arguments";

/** Arguments as plain values. */
type Values<Args> = { [Name in keyof Args]: pulumi.Unwrap<Args[Name]> };

/** The values of a resource as outputs. */
export type OutputsOf<Info> = { readonly [Name in keyof Info]-?: pulumi.Output<Info[Name]> };

/** A callback template in the cloud. Fields that are not set are absent. */
export interface CallbackTemplateInfo
  extends Values<Pick<CallbackTemplateArgs, "templateName" | "description" | UrlProperty>> {
  /** The id that the API assigned to the template. */
  templateId: number;
  /** "Template Name". */
  templateName: string;
  /** "Callback Key", with which the cloud signs every callback; `""` if there is no key. A secret. */
  callbackKey: string;
  /** "Recording Exception Level": the levels of recording errors that are reported, sorted. */
  recordExceptionLevels?: RecordExceptionLevel[];
}

/** The binding of a push domain, or of one app on it, in the cloud. */
export interface DomainBindingInfo extends Values<Pick<DomainBindingArgs, "domainName" | "appName" | "templateId">> {
  /** The push domain, in lower case and in its ASCII form. */
  domainName: string;
  /** The app (push path) of the binding; `""` for the whole domain. */
  appName: string;
  /** The id of the template. */
  templateId: number;
  /** When the rule was created, in ISO 8601 with Beijing's offset. Exact only after a refresh. */
  createTime?: string;
  /** When the rule was last changed, in the same format. */
  updateTime?: string;
}

/** Creates inputs that declare each output of a resource, even if the program does not set it. */
const absent = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, undefined]));

export const TEMPLATE_OUTPUTS = absent([
  ...["templateName", "description", "callbackKey", "recordExceptionLevels"],
  ...Object.values(CALLBACK_EVENTS).map(({ property }) => property),
]);

export const BINDING_OUTPUTS = absent(["domainName", "appName", "templateId", "createTime", "updateTime"]);
