import { z } from "zod";
import { CALLBACK_EVENT_NAMES, CALLBACK_EVENTS, type UrlField } from "./events";
import type { RequestOf, ResponseOf, Service } from "./service";

/**
 * The wire contract: request and response of each API action that this project uses, in the cloud's own
 * spelling. The client parses responses with it and the emulator parses requests. A test compares it with the
 * typings of the official SDK, and every published example must parse.
 *
 * @see https://www.tencentcloud.com/document/product/267/30760
 */
export const API_VERSION = "2018-08-01";
export const SERVICE = "live";

/** Official examples also send ids and page numbers as strings, so both forms are accepted. */
const integer = z.union([z.int(), z.string().regex(/^\d+$/, "must be an integer").transform(Number)]);

/** An id in a response. Ids above 2^53 are rejected, because the JSON parser rounds them. */
const id = z.int();

/** For a value that is not set, the API sends `null` or omits the member. */
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);
const number = z
  .number()
  .nullish()
  .transform((value) => value ?? undefined);

/** The URL field of each event, all of one schema. */
function urlFields<Schema extends z.ZodType>(schema: Schema): Record<UrlField, Schema> {
  const fields = CALLBACK_EVENT_NAMES.map((name) => [CALLBACK_EVENTS[name].urlField, schema]);
  return Object.fromEntries(fields) as Record<UrlField, Schema>;
}

const templateFields = {
  Description: z.string().optional(),
  ...urlFields(z.string().optional()),
  CallbackKey: z.string().optional(),
  RecordExceptionLevels: z.array(z.string()).optional(),
};

/** `CallBackTemplateInfo`. A URL that the published model lacks is read if the API sends it. */
const templateInfo = z.object({
  TemplateId: id,
  TemplateName: text,
  Description: text,
  ...urlFields(text),
  CallbackKey: text,
  RecordExceptionLevels: z
    .array(z.string())
    .nullish()
    .transform((value) => value ?? undefined),
});

/**
 * `CallBackRuleInfo`. Times are Beijing time, with or without an offset. `AppName` is empty for a rule of a
 * whole domain.
 */
const ruleInfo = z.object({
  CreateTime: text,
  UpdateTime: text,
  TemplateId: id,
  DomainName: z.string(),
  AppName: z
    .string()
    .nullish()
    .transform((value) => value ?? ""),
});

/**
 * `DomainInfo`, only the members that this project needs. `Type`: 0 push, 1 play. `Status`: 0 disabled, 1
 * enabled.
 */
const domainInfo = z.object({ Name: z.string(), Type: number, Status: number, CreateTime: text, IsDelayLive: number });

/**
 * `CallbackEventInfo`: one callback that the cloud sent. Its times have the format of the times in the
 * request. `ResultCode`: 0 is success. `Request` and `Response` are encoded like a form in the published
 * example.
 */
const callbackEventInfo = z.object({
  EventTime: text,
  EventType: number,
  Request: text,
  Response: text,
  ResponseTime: text,
  ResultCode: number,
  StreamId: text,
});

const nothing = z.object({});
const noParameters = z.strictObject({});

/**
 * The API sends `null` for an empty list. A response without the list is invalid: it does not show that
 * there are no items.
 */
const listOf = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullable()
    .transform((value) => value ?? []);

/** Every action by name. */
export const actions = {
  CreateLiveCallbackTemplate: {
    writes: true,
    idempotent: false,
    perSecond: 200,
    request: z.strictObject({ TemplateName: z.string(), ...templateFields, StreamMixNotifyUrl: z.string().optional() }),
    response: z.object({ TemplateId: id }),
  },
  ModifyLiveCallbackTemplate: {
    writes: true,
    idempotent: true,
    perSecond: 200,
    request: z.strictObject({ TemplateId: integer, TemplateName: z.string().optional(), ...templateFields }),
    response: nothing,
  },
  DeleteLiveCallbackTemplate: {
    writes: true,
    idempotent: true,
    perSecond: 200,
    request: z.strictObject({ TemplateId: integer }),
    response: nothing,
  },
  DescribeLiveCallbackTemplate: {
    idempotent: true,
    perSecond: 500,
    request: z.strictObject({ TemplateId: integer }),
    response: z.object({ Template: templateInfo }),
  },
  DescribeLiveCallbackTemplates: {
    idempotent: true,
    perSecond: 500,
    request: noParameters,
    response: z.object({ Templates: listOf(templateInfo) }),
  },
  CreateLiveCallbackRule: {
    writes: true,
    idempotent: false,
    perSecond: 200,
    request: z.strictObject({ DomainName: z.string(), AppName: z.string(), TemplateId: integer }),
    response: nothing,
  },
  DeleteLiveCallbackRule: {
    // The request does not contain the template id: sent again, it could delete a rule that another user has
    // created in between.
    writes: true,
    idempotent: false,
    perSecond: 200,
    request: z.strictObject({ DomainName: z.string(), AppName: z.string() }),
    response: nothing,
  },
  DescribeLiveCallbackRules: {
    idempotent: true,
    perSecond: 500,
    request: noParameters,
    response: z.object({ Rules: listOf(ruleInfo) }),
  },
  DescribeLiveDomain: {
    idempotent: true,
    perSecond: 500,
    request: z.strictObject({ DomainName: z.string() }),
    response: z.object({ DomainInfo: domainInfo.nullish() }),
  },
  DescribeLiveDomains: {
    idempotent: true,
    perSecond: 200,
    request: z.strictObject({
      DomainStatus: integer.optional(),
      DomainType: integer.optional(),
      PageSize: integer.optional(),
      PageNum: integer.optional(),
      IsDelayLive: integer.optional(),
      DomainPrefix: z.string().optional(),
      PlayType: integer.optional(),
    }),
    response: z.object({ AllCount: z.number(), DomainList: listOf(domainInfo) }),
  },
  /**
   * A monitoring action: at most 1 day per request, within the last 14 days.
   *
   * @see https://cloud.tencent.com/document/product/267/51328
   */
  DescribeCallbackRecordsList: {
    idempotent: true,
    perSecond: 20,
    request: z.strictObject({
      StartTime: z.string(),
      EndTime: z.string(),
      StreamName: z.string(),
      PageNum: integer,
      PageSize: integer,
      EventType: integer.optional(),
      ResultCode: integer.optional(),
    }),
    response: z.object({
      DataInfoList: listOf(callbackEventInfo),
      PageNum: number,
      PageSize: number,
      TotalNum: number,
      TotalPage: number,
    }),
  },
} as const;

/** The live product. */
export const live = {
  name: SERVICE,
  version: API_VERSION,
  endpointKey: "endpoint",
  actions,
} as const satisfies Service;

/** The name of an API action, for example `CreateLiveCallbackRule`. */
export type Action = keyof typeof actions;
/** The request of an action. */
export type Request<A extends Action> = RequestOf<typeof live, A>;
/** The response to an action, with `null` read as absent. */
export type Response<A extends Action> = ResponseOf<typeof live, A>;

/** A callback template as the API lists it. */
export type TemplateInfo = z.output<typeof templateInfo>;
/** A callback rule (a domain, or an app of it, bound to a template) as the API lists it. */
export type RuleInfo = z.output<typeof ruleInfo>;
/** A domain as the API lists it. */
export type DomainInfo = z.output<typeof domainInfo>;

/** A callback that the cloud sent, as the API lists it. */
export type CallbackEventInfo = z.output<typeof callbackEventInfo>;
