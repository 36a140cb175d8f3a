import { expect } from "chai";
import { rejection, useCloud } from "../../../support/cloud";
import { Engine } from "../../../support/pluginEngine";
import { URL } from "../../../support/provider/callbackTemplates";

describe("a function of the plugin", () => {
  const cloud = useCloud();
  let engine: Engine;
  beforeEach(async () => {
    engine = await Engine.start(cloud);
  });

  it("returns a template by id or name, all templates, or bindings, with keys as secrets", async () => {
    const { TemplateId } = cloud.putTemplate({
      TemplateName: "made",
      StreamBeginNotifyUrl: URL,
      CallbackKey: "Key1",
    });
    cloud.putRule({ DomainName: "a.example.com", AppName: "live", TemplateId });
    const byId = await engine.invoke("getCallbackTemplate", { templateId: TemplateId });
    expect(byId.properties).to.include({ templateName: "made", templateId: TemplateId, callbackKey: "Key1" });
    expect([...byId.secrets]).to.deep.equal(["callbackKey"]);
    expect(await engine.invoke("getCallbackTemplate", { templateName: "made" })).to.deep.equal(byId);
    const all = await engine.invoke("getCallbackTemplates");
    expect(all.properties["templates"]).to.have.length(1);
    expect([...all.secrets], "the key in it").to.deep.equal(["templates"]);
    const { properties } = await engine.invoke("getDomainBindings", { templateId: TemplateId });
    expect(properties["bindings"]).to.have.length(1);
    expect(JSON.stringify(properties)).to.contain('"id":"a.example.com/live"').and.contain('"appName":"live"');
  });

  it("fails in one line for a missing template and for invalid arguments", async () => {
    const missing = await rejection(engine.invoke("getCallbackTemplate", { templateId: 77 }));
    expect(missing.message).to.contain("no template has the id 77").and.contain("code=Provider.NotFound");
    const mistyped = await rejection(engine.invoke("getDomainBindings", { domain: "a.example.com" }));
    expect(mistyped.message).to.contain("only domainName and templateId; given: domain");
    const wrong = await rejection(engine.invoke("getCallbackTemplate"));
    expect(wrong.message).to.contain("exactly one of templateId and templateName");
  });
});
