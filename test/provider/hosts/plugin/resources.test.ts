import { CreateRequest, DiffResponse, UpdateRequest, type UpdateResponse } from "@pulumi/pulumi/proto/provider_pb";
import { expect } from "chai";
import { decode, encode } from "../../../../provider/hosts/plugin/struct";
import { VirtualClock } from "../../../support/clock";
import { emulatorEnvironment, rejection, useCloud } from "../../../support/cloud";
import { PluginCalls } from "../../../support/pluginCalls";
import { Engine, NO_SECRETS, URN } from "../../../support/pluginEngine";
import { URL } from "../../../support/provider/callbackTemplates";

describe("a template of the plugin", () => {
  const cloud = useCloud();
  let engine: Engine;
  beforeEach(async () => {
    engine = await Engine.start(cloud);
  });

  it("reports whether it changes, with a detailed diff", async () => {
    const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
    const olds = { templateName: "hooks", streamBeginNotifyUrl: URL, templateId: 1 };
    for (const [news, changes] of [
      [{ templateName: "hooks", streamBeginNotifyUrl: URL, streamEndNotifyUrl: "" }, DIFF_NONE],
      [{ templateName: "hooks", streamBeginNotifyUrl: `${URL}/new` }, DIFF_SOME],
    ] as const) {
      const response = await engine.diff("1", olds, news);
      expect([response.getChanges(), response.getHasdetaileddiff()]).to.deep.equal([changes, true]);
    }
  });

  it("returns its whole state after an update", async () => {
    const created = await engine.create({ templateName: "hooks", streamBeginNotifyUrl: URL });
    const request = new UpdateRequest();
    request.setUrn(URN);
    request.setId(created.id);
    request.setOlds(encode(created.properties, NO_SECRETS));
    request.setNews(encode({ templateName: "hooks", streamBeginNotifyUrl: `${URL}/new` }, NO_SECRETS));
    const updated = decode((await engine.plugin.call<UpdateResponse>("update", request)).getProperties());
    expect(updated.properties).to.deep.equal({ ...created.properties, streamBeginNotifyUrl: `${URL}/new` });
    expect(cloud.state().templates[0]).to.include({ StreamBeginNotifyUrl: `${URL}/new` });
  });

  it("has a stack trace in its errors only if TENCENTCLOUD_LIVE_DEBUG is set", async () => {
    const environment = emulatorEnvironment(cloud);
    const debugging = await PluginCalls.start({ environment: { ...environment, TENCENTCLOUD_LIVE_DEBUG: "1" } });
    const message = async (one: Engine) => (await rejection(one.read("none"))).message;
    expect(await message(new Engine(debugging))).to.match(/Provider\.InvalidId.*\n\s+at /s);
    expect(await message(engine))
      .to.match(/Provider\.InvalidId/)
      .and.not.match(/\n\s+at /);
  });

  it("respects the resource option customTimeouts", async () => {
    cloud.addFault({
      kind: "error",
      code: "RequestLimitExceeded",
      action: "CreateLiveCallbackTemplate",
      times: "always",
    });
    const clock = new VirtualClock();
    const plugin = await PluginCalls.start({ environment: emulatorEnvironment(cloud), clock });
    const request = new CreateRequest();
    request.setUrn(URN);
    request.setProperties(encode({ templateName: "hooks", streamBeginNotifyUrl: URL }, NO_SECRETS));
    for (const [seconds, waited] of [
      [7, 7_000],
      [0, 67_000],
    ] as const) {
      request.setTimeout(seconds);
      expect((await rejection(plugin.call("create", request))).message).to.contain("code=RequestLimitExceeded");
      expect(clock.monotonic()).to.equal(waited);
    }
  });
});
