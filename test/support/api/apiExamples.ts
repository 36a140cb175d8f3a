import type { Action } from "../../../provider/api/contract/live";

interface Example {
  action: Action;
  request: unknown;
  /** The members of `Response`. */
  response: object;
}

const RequestId = "3c140219-cfe9-470e-b241-907877d6fb03";

const template = {
  TemplateId: 1000,
  TemplateName: "testName",
  Description: "test",
  StreamBeginNotifyUrl: "http://www.qq.com/api/notify?action=streamBegin",
  StreamEndNotifyUrl: "http://www.qq.com/api/notify?action=streamEnd",
  StreamMixNotifyUrl: "",
  RecordNotifyUrl: "http://www.qq.com/api/notify?action=record",
  SnapshotNotifyUrl: "http://www.qq.com/api/notify?action=record",
  PornCensorshipNotifyUrl: "http://www.qq.com/api/notify?action=porn",
  CallbackKey: "adasdasda1312312",
};

const playDomain = {
  Name: "abc.com",
  Type: 1,
  Status: 1,
  CreateTime: "2018-08-29 10:00:00",
  BCName: 1,
  TargetDomain: "yourdomain.test2.com",
  CurrentCName: "yourdomain.test.com.",
  IsDelayLive: 0,
  RentTag: 0,
  RentExpireTime: "0000-00-00 00:00:00",
};

/**
 * The published examples of each action, with variants of the API reference: text for numbers, `null`, two
 * time formats.
 */
export const officialExamples: readonly Example[] = [
  {
    action: "CreateLiveCallbackTemplate",
    request: {
      TemplateName: "testName",
      Description: "test",
      CallbackKey: "adasda131312",
      StreamBeginNotifyUrl: "http://www.yourdomain.com/api/notify?action=streamBegin",
      StreamEndNotifyUrl: "http://www.yourdomain.com/api/notify?action=streamEnd",
      RecordNotifyUrl: "http://www.yourdomain.com/api/notify?action=record",
      SnapshotNotifyUrl: "http://www.yourdomain.com/api/notify?action=snapshot",
      PornCensorshipNotifyUrl: "http://www.yourdomain.com/api/notify?action=porn",
    },
    response: { TemplateId: 1000, RequestId },
  },
  {
    action: "ModifyLiveCallbackTemplate",
    request: { TemplateId: "1000", TemplateName: "testName2", Description: "test", CallbackKey: "adasdas23432423" },
    response: { RequestId },
  },
  { action: "DeleteLiveCallbackTemplate", request: { TemplateId: 1000 }, response: { RequestId } },
  {
    action: "DescribeLiveCallbackTemplate",
    request: { TemplateId: 1000 },
    response: { Template: template, RequestId },
  },
  {
    action: "DescribeLiveCallbackTemplates",
    request: {},
    response: {
      Templates: [template, { ...template, PushExceptionNotifyUrl: null, AudioAuditNotifyUrl: null }],
      RequestId,
    },
  },
  {
    action: "CreateLiveCallbackRule",
    request: { DomainName: "5000.livepush.myqcloud.com", AppName: "live", TemplateId: 1000 },
    response: { RequestId },
  },
  {
    action: "DeleteLiveCallbackRule",
    request: { DomainName: "5000.livepush.myqcloud.com", AppName: "live" },
    response: { RequestId },
  },
  {
    action: "DescribeLiveCallbackRules",
    request: {},
    response: {
      Rules: [
        {
          CreateTime: "2018-09-12 15:52:01",
          UpdateTime: "2018-10-12 18:00:05",
          TemplateId: 1000,
          DomainName: "5000.livepush.myqcloud.com",
          AppName: "live",
        },
        {
          CreateTime: "2022-05-16T10:59:38+08:00",
          UpdateTime: "2022-05-16T10:59:38+08:00",
          TemplateId: 78895,
          DomainName: "5001.livepush.myqcloud.com",
          AppName: null,
        },
      ],
      RequestId,
    },
  },
  {
    action: "DescribeLiveDomain",
    request: { DomainName: "yourdomain.test.com" },
    response: { DomainInfo: playDomain, RequestId },
  },
  { action: "DescribeLiveDomain", request: { DomainName: "a.test.com" }, response: { DomainInfo: null, RequestId } },
  {
    action: "DescribeLiveDomains",
    request: { IsDelayLive: "0", PageSize: "10", PageNum: "1", DomainStatus: "1", DomainType: "1" },
    response: {
      AllCount: 2,
      CreateLimitCount: 0,
      PlayTypeCount: [1, 2, 3],
      DomainList: [{ ...playDomain, PlayType: 1, IsMiniProgramLive: 0, RentExpireTime: "78894" }],
      RequestId,
    },
  },
  {
    action: "DescribeCallbackRecordsList",
    request: {
      StreamName: "test",
      StartTime: "2020-10-12 00:00:00",
      EndTime: "2020-10-12 00:10:00",
      PageNum: "1",
      PageSize: "10",
    },
    response: {
      PageNum: 1,
      PageSize: 10,
      TotalNum: 11,
      TotalPage: 2,
      DataInfoList: [
        {
          EventTime: "2020-10-12 00:32:10",
          EventType: 0,
          Request: "opensso++server%3D10.12.1.1%3A",
          Response: "status+code%3A200%2C+content%3DSuccess",
          ResponseTime: "2020-10-12 00:32:11",
          ResultCode: 0,
          StreamId: "test",
        },
      ],
      RequestId,
    },
  },
];
