import {
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  InvokeRequest,
  ReadRequest,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import { expect } from "chai";
import { encode } from "../../../../provider/hosts/plugin/struct";
import type { Properties } from "../../../../provider/properties";
import { rejection, useCloud } from "../../../support/cloud";
import { Engine, URN } from "../../../support/pluginEngine";
import { leaksIn } from "../../../support/provider/canaries";

const URL = "https://hooks.example.com/live";
const NAME = "CanaryName";

describe("a value that the program marks as secret", () => {
  const cloud = useCloud();

  const WRONG: Record<string, Properties> = {
    "a text": { templateName: "CanaryName!" },
    "an object": { templateName: { CanaryMember: "CanaryValue" } },
    "a list": { recordExceptionLevels: ["CanaryLevel"] },
    "a list in an object": { description: { one: ["CanaryOne", { two: "CanaryTwo" }] } },
    "a number": { description: 4815162342 },
  };
  for (const [what, wrong] of Object.entries(WRONG)) {
    it(`is not in the reason of a check failure, even if it is ${what}`, async () => {
      const engine = await Engine.start(cloud);
      const given = { streamBeginNotifyUrl: URL, ...wrong };
      const { failures } = await engine.check({}, given, new Set(Object.keys(wrong)));
      const shown = JSON.stringify(failures);
      expect(shown).to.contain("[hidden]").and.not.contain("4815162342");
      expect(leaksIn(shown)).to.deep.equal([]);
    });
  }

  const properties = encode(
    { templateName: NAME, streamBeginNotifyUrl: URL, templateId: 385622, stateVersion: 1 },
    new Set(["templateName"]),
  );
  const REQUESTS = {
    diff: new DiffRequest().setUrn(URN).setId("none").setOlds(properties).setNews(properties),
    create: new CreateRequest().setUrn(URN).setProperties(properties),
    read: new ReadRequest().setUrn(URN).setId("none").setProperties(properties),
    update: new UpdateRequest().setUrn(URN).setId("none").setOlds(properties).setNews(properties),
    delete: new DeleteRequest().setUrn(URN).setId("none").setProperties(properties),
    invoke: new InvokeRequest()
      .setTok("tencentcloud-live:index:getCallbackTemplate")
      .setArgs(encode({ templateName: NAME }, new Set(["templateName"]))),
  } as const;
  for (const [method, request] of Object.entries(REQUESTS)) {
    it(`is not in the error of a failed ${method}`, async () => {
      const { plugin } = await Engine.start(cloud);
      cloud.addFault({
        kind: "error",
        code: "AuthFailure.UnauthorizedOperation",
        action: "CreateLiveCallbackTemplate",
      });
      const { message } = await rejection(plugin.call(method as keyof typeof REQUESTS, request));
      expect(message).to.contain("[hidden]");
      expect(leaksIn(message)).to.deep.equal([]);
    });
  }
});
