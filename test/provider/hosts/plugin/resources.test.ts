import { DiffResponse } from "@pulumi/pulumi/proto/provider_pb";
import { expect } from "chai";
import { emulatorEnvironment, rejection, useCloud } from "../../../support/cloud";
import { PluginCalls } from "../../../support/pluginCalls";
import { Engine } from "../../../support/pluginEngine";
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
    const news = { templateName: "hooks", streamBeginNotifyUrl: `${URL}/new` };
    const updated = await engine.update(created.id, created.properties, news);
    expect(updated.properties).to.deep.equal({ ...created.properties, streamBeginNotifyUrl: `${URL}/new` });
    expect(cloud.state().templates[0]).to.include({ StreamBeginNotifyUrl: `${URL}/new` });
  });

  it("keeps having no name if it has none when it is adopted, also in a preview and with an older state", async () => {
    const { TemplateId } = cloud.putTemplate({ TemplateName: "", StreamBeginNotifyUrl: URL });
    const inputs = { streamBeginNotifyUrl: URL, adopt: TemplateId };
    const { id, properties } = await engine.create(inputs);
    const { templateName, ...older } = properties;
    expect(templateName).to.equal("");
    for (const olds of [properties, older]) {
      const next = await Engine.start(cloud);
      expect((await next.diff(id, olds, inputs)).getChanges()).to.equal(DiffResponse.DiffChanges.DIFF_NONE);
      const previewed = await next.update(id, olds, { ...inputs, description: "new" }, true);
      expect(previewed.properties).to.include({ templateName: "", templateId: TemplateId });
    }
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
});
