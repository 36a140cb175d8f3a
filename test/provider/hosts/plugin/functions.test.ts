import { expect } from "chai";
import type { Properties } from "../../../../provider/properties";
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

  it("selects one of several templates by id or name, and fails if several share the name", async () => {
    const [one, two, three] = ["one", "two", "two"].map((TemplateName) =>
      cloud.putTemplate({ TemplateName, StreamBeginNotifyUrl: URL }),
    );
    const nameless = cloud.putTemplate({ TemplateName: "", StreamBeginNotifyUrl: URL });
    const invoke = async (args: Properties) => (await engine.invoke("getCallbackTemplate", args)).properties;
    expect(await invoke({ templateName: "one" })).to.include({ templateId: one?.TemplateId });
    expect(await invoke({ templateId: two?.TemplateId })).to.include({ templateId: two?.TemplateId });
    expect(await invoke({ templateId: String(three?.TemplateId) })).to.include({ templateId: three?.TemplateId });
    expect(await invoke({ templateId: nameless.TemplateId })).to.include({ templateName: "" });
    const several = await rejection(engine.invoke("getCallbackTemplate", { templateName: "two" }));
    expect(several.message).to.contain("several templates have the name two");
  });

  it("returns the bindings of a domain in any spelling, of a template, or of both, with their times", async () => {
    const [one, two] = ["one", "two"].map(
      (TemplateName) => cloud.putTemplate({ TemplateName, StreamBeginNotifyUrl: URL }).TemplateId,
    );
    cloud.putRule({ DomainName: "a.example.com", TemplateId: Number(one) });
    cloud.putRule({ DomainName: "a.example.com", AppName: "live", TemplateId: Number(two) });
    cloud.putRule({ DomainName: "b.example.com", TemplateId: Number(two) });
    const bindings = async (args: Properties) =>
      (await engine.invoke("getDomainBindings", args)).properties["bindings"] as Record<string, unknown>[];
    const ids = async (args: Properties) => (await bindings(args)).map(({ id }) => id);
    expect(await ids({})).to.have.members(["a.example.com", "a.example.com/live", "b.example.com"]);
    expect(await ids({ domainName: "A.example.com." })).to.have.members(["a.example.com", "a.example.com/live"]);
    expect(await ids({ templateId: two })).to.have.members(["a.example.com/live", "b.example.com"]);
    expect(await ids({ domainName: "a.example.com", templateId: two })).to.deep.equal(["a.example.com/live"]);
    for (const { createTime, updateTime } of await bindings({}))
      for (const time of [createTime, updateTime]) expect(time).to.match(/^\d{4}-\d\d-\d\dT.*(Z|\+08:00)$/);
  });

  it("rejects arguments if it accepts none", async () => {
    const { message } = await rejection(engine.invoke("getCallbackTemplates", { one: 1, two: 2 }));
    expect(message).to.contain("the arguments must be empty; given: one, two");
  });
});
