import type * as sdk from "tencentcloud-sdk-nodejs/tencentcloud/services/live/v20180801/live_models";
import type * as stsSdk from "tencentcloud-sdk-nodejs/tencentcloud/services/sts/v20180813/sts_models";
import type { z } from "zod";
import type {
  Action,
  actions,
  CallbackEventInfo,
  DomainInfo,
  Response,
  RuleInfo,
  TemplateInfo,
} from "../../../provider/api/contract/live";
import type { RequestOf, ResponseOf } from "../../../provider/api/contract/service";
import type { StsSession, sts } from "../../../provider/api/contract/sts";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** Compiles only where every member of `T` is `true`. */
type AllTrue<T extends { [K in keyof T]: true }> = T;
type RequiredKeys<T> = { [K in keyof T]-?: object extends Pick<T, K> ? never : K }[keyof T];
type Sent<A extends Action> = z.output<(typeof actions)[A]["request"]>;
type Members<T> = { [K in keyof T]-?: NonNullable<T[K]> };

/** `true` if both types have the same members with the same types, and the same required members. */
type SameRequest<Ours, Theirs> = [
  Equal<keyof Ours, keyof Theirs>,
  Equal<RequiredKeys<Ours>, RequiredKeys<Theirs>>,
  Equal<Members<Ours>, Members<Theirs>>,
] extends [true, true, true]
  ? true
  : false;

/** Compiles only if each request matches the declaration of the official SDK. */
export type RequestsMatch = AllTrue<{
  // Includes the deprecated StreamMixNotifyUrl, which only the create has.
  create: SameRequest<Sent<"CreateLiveCallbackTemplate">, sdk.CreateLiveCallbackTemplateRequest>;
  modify: SameRequest<Sent<"ModifyLiveCallbackTemplate">, sdk.ModifyLiveCallbackTemplateRequest>;
  delete: SameRequest<Sent<"DeleteLiveCallbackTemplate">, sdk.DeleteLiveCallbackTemplateRequest>;
  describe: SameRequest<Sent<"DescribeLiveCallbackTemplate">, sdk.DescribeLiveCallbackTemplateRequest>;
  bind: SameRequest<Sent<"CreateLiveCallbackRule">, sdk.CreateLiveCallbackRuleRequest>;
  unbind: SameRequest<Sent<"DeleteLiveCallbackRule">, sdk.DeleteLiveCallbackRuleRequest>;
  domain: SameRequest<Sent<"DescribeLiveDomain">, sdk.DescribeLiveDomainRequest>;
  domains: SameRequest<Sent<"DescribeLiveDomains">, sdk.DescribeLiveDomainsRequest>;
  records: SameRequest<Sent<"DescribeCallbackRecordsList">, sdk.DescribeCallbackRecordsListRequest>;
  // No parameters: the SDK's type is `null`, ours has no member.
  templates: Equal<
    [Sent<"DescribeLiveCallbackTemplates">, sdk.DescribeLiveCallbackTemplatesRequest],
    [Record<string, never>, null]
  >;
  rules: Equal<
    [Sent<"DescribeLiveCallbackRules">, sdk.DescribeLiveCallbackRulesRequest],
    [Record<string, never>, null]
  >;
}>;

/** `true` if every member of our type exists in theirs with the same type. */
type Within<Ours, Theirs> = Equal<Members<Ours>, Members<Pick<Theirs, keyof Ours & keyof Theirs>>>;
type Without<T, K extends keyof T> = Omit<T, K>;

/** Compiles only if each response matches the declaration of the official SDK, with the exceptions below. */
export type ResponsesMatch = AllTrue<{
  // RecordStatusNotifyUrl is read although the published model lacks it. The disused StreamMixNotifyUrl is
  // not read.
  template: Equal<
    Members<Without<TemplateInfo, "RecordStatusNotifyUrl">>,
    Members<Without<sdk.CallBackTemplateInfo, "StreamMixNotifyUrl">>
  >;
  rule: Equal<Members<RuleInfo>, Members<sdk.CallBackRuleInfo>>;
  // A subset for the check of a domain.
  domain: Within<DomainInfo, sdk.DomainInfo>;
  domainMembers: Equal<keyof DomainInfo, "Name" | "Type" | "Status" | "CreateTime" | "IsDelayLive">;
  created: Within<Response<"CreateLiveCallbackTemplate">, sdk.CreateLiveCallbackTemplateResponse>;
  describe: Equal<
    keyof Response<"DescribeLiveCallbackTemplate"> | "RequestId",
    keyof sdk.DescribeLiveCallbackTemplateResponse
  >;
  templates: Equal<
    keyof Response<"DescribeLiveCallbackTemplates"> | "RequestId",
    keyof sdk.DescribeLiveCallbackTemplatesResponse
  >;
  rules: Equal<keyof Response<"DescribeLiveCallbackRules"> | "RequestId", keyof sdk.DescribeLiveCallbackRulesResponse>;
  foundDomain: Equal<keyof Response<"DescribeLiveDomain"> | "RequestId", keyof sdk.DescribeLiveDomainResponse>;
  domains: Equal<
    keyof Response<"DescribeLiveDomains"> | "CreateLimitCount" | "PlayTypeCount" | "RequestId",
    keyof sdk.DescribeLiveDomainsResponse
  >;
  record: Equal<Members<CallbackEventInfo>, Members<sdk.CallbackEventInfo>>;
  records: Equal<
    keyof Response<"DescribeCallbackRecordsList"> | "RequestId",
    keyof sdk.DescribeCallbackRecordsListResponse
  >;
}>;

type Sts = typeof sts;
type Identity = ResponseOf<Sts, "GetCallerIdentity">;

/** Compiles only if the requests and responses of STS match the declarations of the official SDK. */
export type StsMatches = AllTrue<{
  assume: SameRequest<RequestOf<Sts, "AssumeRole">, stsSdk.AssumeRoleRequest>;
  identify: SameRequest<RequestOf<Sts, "AssumeRoleWithWebIdentity">, stsSdk.AssumeRoleWithWebIdentityRequest>;
  caller: Equal<[RequestOf<Sts, "GetCallerIdentity">, stsSdk.GetCallerIdentityRequest], [Record<string, never>, null]>;
  keys: Equal<Members<StsSession["Credentials"]>, Members<stsSdk.Credentials>>;
  session: Within<Without<StsSession, "Credentials">, Without<stsSdk.AssumeRoleResponse, "Credentials">>;
  webSession: Within<
    Without<StsSession, "Credentials">,
    Without<stsSdk.AssumeRoleWithWebIdentityResponse, "Credentials">
  >;
  identity: Within<Identity, stsSdk.GetCallerIdentityResponse>;
}>;
