import {
  CheckRequest,
  DeleteRequest,
  DiffResponse,
  PropertyDiff,
  UpdateRequest,
  type UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { expect } from "chai";
import { decode, encode } from "../../../../provider/hosts/plugin/struct";
import { UNKNOWN } from "../../../../provider/properties";
import { rejection, useCloud } from "../../../support/cloud";
import { Engine, NO_SECRETS, URN } from "../../../support/pluginEngine";
import { URL } from "../../../support/provider/callbackTemplates";

const BINDING = "urn:pulumi:dev::callbacks::tencentcloud-live:index:DomainBinding::";

describe("the plugin", () => {
  const cloud = useCloud();
  let engine: Engine;
  beforeEach(async () => {
    engine = await Engine.start(cloud);
  });

  describe("a check", () => {
    it("names the property of a failure unless its value may be secret", async () => {
      const { failures } = await engine.check(
        {},
        {
          ...{ description: "a b", callbackKey: "a-b", streamEndNotifyUrl: "ftp://user:password@hooks.example.com" },
          ...{ snapshotNotifyUrl: "not a url", streamBeginNotifyURL: "Secret99" },
        },
        new Set(["snapshotNotifyUrl"]),
      );
      expect(failures.map(([property]) => property).sort()).to.deep.equal(["", "", "", "", "description"]);
      expect(JSON.stringify(failures)).to.contain("did you mean streamBeginNotifyUrl").and.not.contain("Secret99");
      expect(JSON.stringify(failures)).to.not.contain("password");
    });

    it("rejects properties that only states have, unless ignoreChanges copied them from the state", async () => {
      const added = { __provider: "exports.handler=()=>0", declaredBy: "0a1b2c3", automaticName: "hooks-0a1b2c3" };
      const ofState = { ...added, __defaults: ["templateName"] };
      const given = { templateName: "hooks-0a1b2c3", streamBeginNotifyUrl: URL };
      const { failures } = await engine.check(given, { ...given, ...ofState, stateVersion: 1 });
      expect(failures.map(([, reason]) => reason?.split(" ")[0])).to.have.members([
        ...Object.keys(ofState),
        "stateVersion",
      ]);
      const replaced = await engine.check({}, { ...given, declaredBy: "0a1b2c3" });
      expect(replaced.failures[0]?.[1]).to.contain("declaredBy is not a property of this resource");
      const other = await engine.check({ ...given, ...added }, { ...given, ...added, declaredBy: "other" });
      expect(other.failures).to.have.length(1);
      const ignoring = await engine.check({ ...given, ...ofState }, { ...given, ...ofState });
      expect(ignoring.failures).to.deep.equal([]);
      expect(ignoring.inputs.properties).to.deep.equal({ ...given, __defaults: ["templateName"] });
    });

    it("derives a name from the logical name and the URN, keeps it, and follows the stack's auto-naming", async () => {
      const { inputs } = await engine.check({}, { streamBeginNotifyUrl: URL });
      const name = inputs.properties["templateName"];
      expect(name).to.match(/^hooks-[0-9a-f]{7}$/);
      const renamed = new Engine(engine.plugin, URN.replace("hooks", "renamed"));
      const kept = await renamed.check(inputs.properties, { streamBeginNotifyUrl: URL });
      expect(kept.inputs.properties).to.deep.equal(inputs.properties);

      const fresh = new Engine(engine.plugin, URN.replace("hooks", "other"));
      const { PROPOSE, DISABLE } = CheckRequest.AutonamingOptions.Mode;
      const proposed = await fresh.check({}, { streamBeginNotifyUrl: URL }, NO_SECRETS, ["proposed", PROPOSE]);
      expect(proposed.inputs.properties).to.include({ templateName: "proposed" });
      const long = await fresh.check({}, { streamBeginNotifyUrl: URL }, NO_SECRETS, ["n".repeat(31), PROPOSE]);
      expect(long.failures[0]?.[1]).to.contain("1 to 30 Chinese characters");
      const disabled = await fresh.check({}, { streamBeginNotifyUrl: URL }, NO_SECRETS, ["", DISABLE]);
      expect(disabled.failures[0]?.[1]).to.contain("templateName is missing");
    });

    it("does not let a create take over a different template whose name auto-naming proposes", async () => {
      cloud.putTemplate({ TemplateName: "hooks", StreamBeginNotifyUrl: `${URL}/other`, CallbackKey: "ConsoleKey1" });
      const { PROPOSE } = CheckRequest.AutonamingOptions.Mode;
      const { inputs } = await engine.check({}, { streamBeginNotifyUrl: URL }, NO_SECRETS, ["hooks", PROPOSE]);
      const { message } = await rejection(engine.create(inputs.properties));
      expect(message).to.contain("code=Provider.AlreadyExists");
      expect(cloud.state().templates[0]).to.include({ CallbackKey: "ConsoleKey1" });
    });

    it("lets a create take over and change a template whose name it has derived", async () => {
      const { inputs } = await engine.check({}, { streamBeginNotifyUrl: URL });
      const TemplateName = String(inputs.properties["templateName"]);
      const { TemplateId } = cloud.putTemplate({ TemplateName, StreamBeginNotifyUrl: `${URL}/earlier` });
      expect((await engine.create(inputs.properties)).id).to.equal(String(TemplateId));
      expect(cloud.state().templates[0]).to.include({ StreamBeginNotifyUrl: URL });
    });

    it("hides values in reasons if the program marks them as secret", async () => {
      const secret = { streamBeginNotifyUrl: "hooks.example.com/VerySecretPath" };
      const { failures } = await engine.check({}, secret, new Set(["streamBeginNotifyUrl"]));
      expect(JSON.stringify(failures)).to.contain("[hidden]").and.not.contain("VerySecretPath");
    });

    it("keeps the automatic name of the dynamic classes, so that migration changes nothing", async () => {
      const olds = {
        ...{ streamBeginNotifyUrl: URL, templateName: "hooks-0a1b2c3", automaticName: "hooks-0a1b2c3" },
        ...{ callbackKey: "", declaredBy: "0a1b2c3", __provider: "exports.handler=()=>0" },
      };
      const { inputs } = await engine.check(olds, { streamBeginNotifyUrl: URL });
      const difference = await engine.diff("385622", { ...olds, templateId: 385622 }, inputs.properties);
      expect(difference.getChanges()).to.equal(DiffResponse.DiffChanges.DIFF_NONE);
      expect(inputs.properties).to.not.have.any.keys("declaredBy", "automaticName", "__provider");
    });

    it("names the property by which two resources of a program declare the same template or binding", async () => {
      const other = new Engine(engine.plugin, URN.replace("hooks", "other"));
      for (const [property, value] of Object.entries({ templateName: "common", adopt: 385622 })) {
        const template = { templateName: property, streamBeginNotifyUrl: URL, [property]: value };
        expect((await engine.check({}, template)).failures).to.deep.equal([]);
        const { failures } = await other.check({}, template);
        expect(failures.map(([name]) => name)).to.deep.equal([property]);
      }
      const bindings = ["one", "two"].map((name) => new Engine(engine.plugin, `${BINDING}${name}`));
      const checks = bindings.map((one) => one.check({}, { domainName: "push.example.com", templateId: 1 }));
      const [, second] = await Promise.all(checks);
      expect(second?.failures.map(([name]) => name)).to.deep.equal(["domainName"]);
    });
  });

  it("reports for each property whether a change adds, updates or deletes it", async () => {
    const olds = { templateName: "hooks", streamBeginNotifyUrl: URL, description: "old", templateId: 1 };
    const news = { templateName: "hooks", streamBeginNotifyUrl: `${URL}/new`, streamEndNotifyUrl: URL };
    const details = (await engine.diff("1", olds, news)).getDetaileddiffMap();
    const kinds = Object.fromEntries(details.toArray().map(([name]) => [name, details.get(name)?.getKind()]));
    const { ADD, DELETE, UPDATE } = PropertyDiff.Kind;
    expect(kinds).to.deep.equal({ description: DELETE, streamBeginNotifyUrl: UPDATE, streamEndNotifyUrl: ADD });
  });

  it("returns the known outputs in a preview without a call", async () => {
    const created = await engine.create({ templateName: "hooks", streamBeginNotifyUrl: URL }, true);
    expect(created.properties).to.include({ templateName: "hooks", templateId: UNKNOWN });
    const request = new UpdateRequest();
    request.setUrn(URN);
    request.setId("385622");
    request.setOlds(encode({ templateName: "hooks", templateId: 385622 }, NO_SECRETS));
    request.setNews(encode({ templateName: "hooks", streamBeginNotifyUrl: UNKNOWN }, NO_SECRETS));
    request.setPreview(true);
    const updated = decode((await engine.plugin.call<UpdateResponse>("update", request)).getProperties());
    expect(updated.properties).to.include({ templateId: 385622, streamBeginNotifyUrl: UNKNOWN });
    expect(cloud.calls()).to.deep.equal({});
  });

  it("returns an adopted template's id in a create preview, and its kept name in an update preview", async () => {
    const created = await engine.create({ adopt: 385622, streamBeginNotifyUrl: URL }, true);
    expect(created.properties).to.include({ templateId: 385622, templateName: UNKNOWN });
    const request = new UpdateRequest();
    request.setUrn(URN);
    request.setId("385622");
    request.setOlds(encode({ templateName: "console", keepsName: true, templateId: 385622 }, NO_SECRETS));
    request.setNews(encode({ streamBeginNotifyUrl: URL }, NO_SECRETS));
    request.setPreview(true);
    const updated = decode((await engine.plugin.call<UpdateResponse>("update", request)).getProperties());
    expect(updated.properties).to.include({ templateName: "console" });
  });

  it("returns the app of a binding in a create preview, and its times as unknown", async () => {
    const bindings = new Engine(engine.plugin, `${BINDING}hooks`);
    for (const [given, appName] of [
      [{}, ""],
      [{ appName: "live" }, "live"],
    ] as const) {
      const { properties } = await bindings.create({ domainName: "push.example.com", templateId: 1, ...given }, true);
      expect(properties).to.include({ domainName: "push.example.com", templateId: 1, appName });
      expect(properties).to.include({ createTime: UNKNOWN, updateTime: UNKNOWN });
    }
  });

  it("requests deleteBeforeReplace for a template, because its replacement would take over the old one", async () => {
    const template = { templateName: "hooks", streamBeginNotifyUrl: URL };
    const changed = { ...template, streamBeginNotifyUrl: `${URL}/new` };
    expect((await engine.diff("1", { ...template, templateId: 1 }, changed)).getDeletebeforereplace()).to.equal(true);
  });

  it("imports a template by its id, with a key from the console as a secret", async () => {
    const { TemplateId } = cloud.putTemplate({ TemplateName: "made", StreamBeginNotifyUrl: URL, CallbackKey: "Key1" });
    const response = await engine.read(String(TemplateId));
    const [outs, inputs] = [decode(response.getProperties()), decode(response.getInputs())];
    expect(inputs.properties).to.deep.equal({ templateName: "made", streamBeginNotifyUrl: URL, callbackKey: "Key1" });
    expect([...outs.secrets, ...inputs.secrets]).to.deep.equal(["callbackKey", "callbackKey"]);
    expect(outs.properties).to.include({ accountId: "100000000001", endpointKind: "other", stateVersion: 1 });
    expect((await engine.diff(response.getId(), outs.properties, inputs.properties)).getChanges()).to.equal(
      DiffResponse.DiffChanges.DIFF_NONE,
    );
  });

  it("restores an automatic name after an out-of-band change", async () => {
    const { inputs } = await engine.check({}, { streamBeginNotifyUrl: URL });
    const created = await engine.create(inputs.properties);
    cloud.patchTemplate(Number(created.id), { TemplateName: "console" });
    const later = await Engine.start(cloud);
    const read = await later.read(created.id, created.properties, inputs.properties);
    const [outs, refreshed] = [decode(read.getProperties()), decode(read.getInputs())];
    expect(outs.properties).to.include({ templateName: "console" });
    const again = await later.check(refreshed.properties, { streamBeginNotifyUrl: URL });
    expect(again.inputs.properties).to.deep.equal(inputs.properties);
    const difference = await later.diff(created.id, outs.properties, again.inputs.properties);
    expect(difference.getDiffsList()).to.deep.equal(["templateName"]);
  });

  it("returns an empty id for a missing resource", async () => {
    expect((await engine.read("99")).getId()).to.equal("");
  });

  it("rejects the state of a later version", async () => {
    const outs = { templateName: "hooks", streamBeginNotifyUrl: URL, templateId: 1, stateVersion: 2 };
    const request = new DeleteRequest();
    request.setUrn(URN);
    request.setId("1");
    request.setProperties(encode(outs, NO_SECRETS));
    for (const call of [engine.diff("1", outs, outs), engine.read("1", outs), engine.plugin.call("delete", request)]) {
      expect((await rejection(call)).message).to.contain("was written by a later version of the plugin");
    }
    expect(cloud.calls()).to.deep.equal({});
  });
});
