import { CreateRequest, DeleteRequest, UpdateRequest } from "@pulumi/pulumi/proto/provider_pb";
import { expect } from "chai";
import type { EmulatedAction } from "../../../../emulator/actions";
import { encode } from "../../../../provider/hosts/plugin/struct";
import type { Properties } from "../../../../provider/properties";
import { VirtualClock } from "../../../support/clock";
import { emulatorEnvironment, rejection, useCloud } from "../../../support/cloud";
import { PluginCalls } from "../../../support/pluginCalls";
import { NO_SECRETS, URN } from "../../../support/pluginEngine";
import { DOMAIN, putTemplates } from "../../../support/provider/bindings";
import { URL } from "../../../support/provider/callbackTemplates";

const BINDING = "urn:pulumi:dev::callbacks::tencentcloud-live:index:DomainBinding::hooks";
const HOOKS = { templateName: "hooks", streamBeginNotifyUrl: URL };

type Limited = CreateRequest | UpdateRequest | DeleteRequest;

function creating(urn: string, inputs: Properties): CreateRequest {
  const request = new CreateRequest();
  request.setUrn(urn);
  request.setProperties(encode(inputs, NO_SECRETS));
  return request;
}

function updating(urn: string, id: string, olds: Properties, news: Properties): UpdateRequest {
  const request = new UpdateRequest();
  request.setUrn(urn);
  request.setId(id);
  request.setOlds(encode(olds, NO_SECRETS));
  request.setNews(encode(news, NO_SECRETS));
  return request;
}

function deleting(urn: string, id: string, outs: Properties): DeleteRequest {
  const request = new DeleteRequest();
  request.setUrn(urn);
  request.setId(id);
  request.setProperties(encode(outs, NO_SECRETS));
  return request;
}

describe("the resource option customTimeouts", () => {
  const cloud = useCloud();
  let one: number;
  let two: number;
  beforeEach(() => {
    [one, two] = putTemplates(cloud);
  });

  const template = () => ({ ...HOOKS, templateId: one });
  const binding = (templateId: number) => ({ domainName: DOMAIN, templateId });
  const bound = () => cloud.putRule({ DomainName: DOMAIN, TemplateId: one });

  /** Runs an operation whose calls of an action are throttled for ever. Returns its duration in milliseconds. */
  async function durationOf(request: Limited, action: EmulatedAction, seconds: number): Promise<number> {
    cloud.addFault({ kind: "error", code: "RequestLimitExceeded", action, times: "always" });
    const clock = new VirtualClock();
    const plugin = await PluginCalls.start({ environment: emulatorEnvironment(cloud), clock });
    request.setTimeout(seconds);
    const method = request instanceof CreateRequest ? "create" : request instanceof UpdateRequest ? "update" : "delete";
    expect((await rejection(plugin.call(method, request))).message).to.contain("code=RequestLimitExceeded");
    return clock.monotonic();
  }

  const OPERATIONS: [name: string, action: EmulatedAction, request: () => Limited][] = [
    ["create of a template", "CreateLiveCallbackTemplate", () => creating(URN, HOOKS)],
    [
      "update of a template",
      "ModifyLiveCallbackTemplate",
      () => updating(URN, String(one), template(), { ...HOOKS, description: "new" }),
    ],
    ["delete of a template", "DeleteLiveCallbackTemplate", () => deleting(URN, String(one), template())],
    ["create of a binding", "CreateLiveCallbackRule", () => creating(BINDING, binding(one))],
    ["update of a binding", "DeleteLiveCallbackRule", () => updating(BINDING, DOMAIN, binding(one), binding(two))],
    ["delete of a binding", "DeleteLiveCallbackRule", () => deleting(BINDING, DOMAIN, binding(one))],
  ];
  for (const [name, action, request] of OPERATIONS) {
    it(`replaces retrySeconds in the ${name}`, async () => {
      if (action === "DeleteLiveCallbackRule") bound();
      for (const seconds of [7, 300]) {
        expect(await durationOf(request(), action, seconds)).to.equal(seconds * 1000);
      }
      expect(await durationOf(request(), action, 0)).to.equal(60_000);
    });
  }

  it("replaces retrySeconds in the second half of a move, and in the restore of the old rule", async () => {
    bound();
    const request = updating(BINDING, DOMAIN, binding(one), binding(two));
    expect(await durationOf(request, "CreateLiveCallbackRule", 7)).to.equal(14_000);
  });
});
