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
  // The compiler checks the types of the members, in test/support/api/apiTypings.ts.
  it("has the request members of every action of the official SDK", () => {
    for (const [action, { request }] of Object.entries(actions)) {
      expect(Object.keys(request.shape), action).to.have.members(membersOf(`${action}Request`));
    }
    expect(membersOf("CreateLiveCallbackTemplateRequest")).to.have.length(14);
  });

  it("has the members of the STS actions of the official SDK", () => {
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

  it("accepts ids and page numbers as strings", () => {
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

  it("rejects unknown parameters in every request", () => {
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

  it("treats null and missing members as not set, and keeps an empty text", () => {
    const info = templateOf({ TemplateId: 1, TemplateName: null, CallbackKey: "", RecordExceptionLevels: null });
    expect(JSON.parse(JSON.stringify(info))).to.deep.equal({ TemplateId: 1, CallbackKey: "" });
  });

  it("reads a recording status URL if the API returns one, although the published model has none", () => {
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

  it("reads null as an empty list, and rejects a response without its list", () => {
    expect(actions.DescribeLiveCallbackTemplates.response.parse({ Templates: null })).to.deep.equal({ Templates: [] });
    expect(actions.DescribeLiveCallbackTemplates.response.safeParse({}).success).to.equal(false);
    expect(actions.DescribeLiveCallbackRules.response.safeParse({}).success).to.equal(false);
    expect(actions.DescribeLiveDomains.response.safeParse({ AllCount: 0 }).success).to.equal(false);
  });

  it("marks every action as idempotent except creates and the delete of a rule", () => {
    const single = Object.entries(actions).filter(([, { idempotent }]) => !idempotent);
    expect(single.map(([name]) => name)).to.deep.equal([
      "CreateLiveCallbackTemplate",
      "CreateLiveCallbackRule",
      "DeleteLiveCallbackRule",
    ]);
  });
});
