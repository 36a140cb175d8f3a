import { readFileSync } from "node:fs";
import { expect } from "chai";
import { actions } from "../../../../provider/api/contract/live";
import { envelope } from "../../../../provider/api/contract/service";
import { sts } from "../../../../provider/api/contract/sts";
import { officialExamples } from "../../../support/api/apiExamples";

const typingsOf = (service: string): string =>
  readFileSync(require.resolve(`tencentcloud-sdk-nodejs/tencentcloud/services/${service}_models.d.ts`), "utf8");
const liveTypings = typingsOf("live/v20180801/live");
const stsTypings = typingsOf("sts/v20180813/sts");

/** The member names of an interface of the official SDK. */
function membersOf(name: string, typings = liveTypings): string[] {
  const [, body = ""] = new RegExp(`^export interface ${name} \\{\\n(.*?)^\\}`, "ms").exec(typings) ?? [];
  return [...body.matchAll(/^ {4}(\w+)\??:/gm)].map(([, member = ""]) => member);
}

const templateOf = (info: object) =>
  actions.DescribeLiveCallbackTemplate.response.parse({ Template: info }).Template as Record<string, unknown>;

describe("the wire contract", () => {
  // That types match as well is checked by the compiler, in test/support/api/apiTypings.ts.
  it("names the request members of every action as the official SDK does", () => {
    for (const [action, { request }] of Object.entries(actions)) {
      expect(Object.keys(request.shape), action).to.have.members(membersOf(`${action}Request`));
    }
    expect(membersOf("CreateLiveCallbackTemplateRequest")).to.have.length(14);
  });

  it("names the members of the STS actions as the official SDK does", () => {
    for (const [action, { request, response }] of Object.entries(sts.actions)) {
      expect(Object.keys(request.shape), action).to.have.members(membersOf(`${action}Request`, stsTypings));
      const read = [...Object.keys(response.shape), "RequestId"];
      expect(read, action).to.have.members(membersOf(`${action}Response`, stsTypings));
    }
    expect(membersOf("AssumeRoleRequest", stsTypings)).to.have.length(9);
  });

  for (const { action, request, response } of officialExamples) {
    it(`accepts the published example of ${action}: ${JSON.stringify(request).slice(0, 40)}`, () => {
      expect(actions[action].request.safeParse(request).error).to.equal(undefined);
      expect(actions[action].response.safeParse(envelope.parse({ Response: response }).Response).error).to.equal(
        undefined,
      );
    });
  }

  it("reads ids and page numbers that are sent as text", () => {
    expect(actions.ModifyLiveCallbackTemplate.request.parse({ TemplateId: "1000" })).to.deep.equal({
      TemplateId: 1000,
    });
    expect(actions.DescribeLiveDomains.request.parse({ PageNum: "2" })).to.deep.equal({ PageNum: 2 });
    for (const TemplateId of ["", "1.5", "-1", "abc", 1.5, null, undefined]) {
      expect(actions.DeleteLiveCallbackTemplate.request.safeParse({ TemplateId }).success, `${TemplateId}`).to.equal(
        false,
      );
    }
  });

  it("refuses unknown parameters in every request", () => {
    for (const { action, request } of officialExamples) {
      const result = actions[action].request.safeParse({ ...(request as object), Extra: 1 });
      expect(result.error?.issues[0], action).to.include({ code: "unrecognized_keys" });
    }
  });

  it("drops unknown members of every response, at every depth", () => {
    expect(templateOf({ TemplateId: 1, StreamMixNotifyUrl: "", Later: 2 })).to.deep.equal({ TemplateId: 1 });
    expect(
      actions.CreateLiveCallbackTemplate.response.parse({ TemplateId: 5, RequestId: "x", Later: 1 }),
    ).to.deep.equal({
      TemplateId: 5,
    });
  });

  it("takes null and missing members alike as not set, and keeps an empty text", () => {
    const info = templateOf({ TemplateId: 1, TemplateName: null, CallbackKey: "", RecordExceptionLevels: null });
    expect(JSON.parse(JSON.stringify(info))).to.deep.equal({ TemplateId: 1, CallbackKey: "" });
  });

  it("reads a recording status URL where the API returns one, though the published model has none", () => {
    expect(membersOf("CallBackTemplateInfo")).not.to.include("RecordStatusNotifyUrl");
    expect(templateOf({ TemplateId: 1, RecordStatusNotifyUrl: "http://a.example.com/" })).to.include({
      RecordStatusNotifyUrl: "http://a.example.com/",
    });
  });

  it("keeps both time formats of rules, and reads a missing app as the whole domain", () => {
    const response = officialExamples.find(({ action }) => action === "DescribeLiveCallbackRules")?.response;
    const { Rules } = actions.DescribeLiveCallbackRules.response.parse(response);
    expect(Rules.map(({ CreateTime, AppName }) => [CreateTime, AppName])).to.deep.equal([
      ["2018-09-12 15:52:01", "live"],
      ["2022-05-16T10:59:38+08:00", ""],
    ]);
  });

  it("takes null as an empty list, and refuses an answer without its list: that says nothing of what there is", () => {
    expect(actions.DescribeLiveCallbackTemplates.response.parse({ Templates: null })).to.deep.equal({ Templates: [] });
    expect(actions.DescribeLiveCallbackTemplates.response.safeParse({}).success).to.equal(false);
    expect(actions.DescribeLiveCallbackRules.response.safeParse({}).success).to.equal(false);
    expect(actions.DescribeLiveDomains.response.safeParse({ AllCount: 0 }).success).to.equal(false);
  });

  it("calls idempotent what may be sent twice", () => {
    const single = Object.entries(actions).filter(([, { idempotent }]) => !idempotent);
    expect(single.map(([name]) => name)).to.deep.equal([
      "CreateLiveCallbackTemplate",
      "CreateLiveCallbackRule",
      "DeleteLiveCallbackRule",
    ]);
  });
});
