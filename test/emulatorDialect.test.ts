import { expect } from "chai";
import { type Dialect, type Emulator, startEmulator } from "../emulator";
import { call, codeOf, startForTest } from "./emulatorClient";

const URL = "https://hooks.example.com/";
const DOMAIN = "push.example.com";

describe("the emulator's dialects", () => {
  let emulator: Emulator;
  let id: number;
  /** An emulator of this dialect with one template, of which two URLs and a description are set. */
  const speak = async (dialect: Partial<Dialect>, domains?: Parameters<typeof startEmulator>[0]) => {
    emulator = await startForTest({ dialect, ...domains, clock: () => Date.now() });
    const fields = { TemplateName: "a", Description: "d", RecordNotifyUrl: URL, AudioAuditNotifyUrl: URL };
    id = emulator.putTemplate(fields).TemplateId;
  };
  const template = async () =>
    (await call(emulator, "DescribeLiveCallbackTemplate", { TemplateId: id }))["Template"] as Record<string, unknown>;
  const rules = async () => (await call(emulator, "DescribeLiveCallbackRules"))["Rules"] as Record<string, unknown>[];
  const modify = (changes: object) => codeOf(emulator, "ModifyLiveCallbackTemplate", { TemplateId: id, ...changes });
  const bind = (AppName: string, DomainName = DOMAIN, TemplateId = id) =>
    codeOf(emulator, "CreateLiveCallbackRule", { DomainName, AppName, TemplateId });
  const unbind = (AppName: string) => codeOf(emulator, "DeleteLiveCallbackRule", { DomainName: DOMAIN, AppName });

  it("emptyStringClears: an empty value clears, or is ignored", async () => {
    const cleared = { Description: "", AudioAuditNotifyUrl: "", RecordNotifyUrl: "http://n.example.com" };
    await speak({});
    await modify(cleared);
    expect(emulator.state().templates[0]).to.deep.equal({
      TemplateId: id,
      TemplateName: "a",
      RecordNotifyUrl: "http://n.example.com",
    });
    await speak({ emptyStringClears: false });
    await modify({ ...cleared, StreamEndNotifyUrl: "" });
    expect(await template()).to.include({
      ...cleared,
      Description: "d",
      AudioAuditNotifyUrl: URL,
      StreamEndNotifyUrl: "",
    });
  });

  it("emptyStringClears: so does an empty list of levels", async () => {
    await speak({});
    await modify({ RecordExceptionLevels: ["info"] });
    await modify({ RecordExceptionLevels: [] });
    expect(await template()).not.to.have.property("RecordExceptionLevels");
    await speak({ emptyStringClears: false });
    await modify({ RecordExceptionLevels: ["info"] });
    await modify({ RecordExceptionLevels: [] });
    expect((await template())["RecordExceptionLevels"]).to.deep.equal(["info"]);
  });

  it("omittedKeeps: a field that is not named stays, or is cleared", async () => {
    await speak({});
    await modify({ Description: "new" });
    expect(await template()).to.include({ TemplateName: "a", Description: "new", RecordNotifyUrl: URL });
    await speak({ omittedKeeps: false });
    emulator.patchTemplate(id, { StreamMixNotifyUrl: URL });
    await modify({ Description: "new" });
    expect(await template()).to.include({ TemplateName: "a", Description: "new", RecordNotifyUrl: "" });
    // Modify cannot name this one, so it cannot leave it out either.
    expect(await template()).to.include({ StreamMixNotifyUrl: URL });
  });

  it("modifyToNoUrl: a template may lose its last URL, or may not", async () => {
    const none = { RecordNotifyUrl: "", AudioAuditNotifyUrl: "" };
    await speak({});
    expect(await modify(none)).to.equal(undefined);
    await speak({ modifyToNoUrl: "refused" });
    expect(await modify(none)).to.equal("InvalidParameter");
    expect(await template()).to.include({ RecordNotifyUrl: URL });
  });

  it("duplicateRule: a second rule of one key is refused with the chosen code, or takes its place", async () => {
    await speak({ duplicateRuleCode: "InternalError" });
    await bind("live");
    const other = emulator.putTemplate({ TemplateName: "b" }).TemplateId;
    expect(await bind("live", DOMAIN, other)).to.equal("InternalError");
    expect(emulator.state().rules.map(({ TemplateId }) => TemplateId)).to.deep.equal([id]);
    await speak({ duplicateRule: "overwrite" });
    await bind("live");
    const next = emulator.putTemplate({ TemplateName: "b" }).TemplateId;
    expect(await bind("live", "PUSH.example.com", next)).to.equal(undefined);
    expect(emulator.state().rules.map(({ TemplateId }) => TemplateId)).to.deep.equal([next]);
  });

  it("rulesPerDomain: apps of a domain have rules of their own, or the domain has one", async () => {
    await speak({});
    expect([await bind("a"), await bind("b"), await bind("")]).to.deep.equal([undefined, undefined, undefined]);
    await speak({ rulesPerDomain: "one" });
    expect([await bind("a"), await bind("b")]).to.deep.equal([undefined, "InternalError.RuleAlreadyExist"]);
    await speak({ rulesPerDomain: "one", duplicateRule: "overwrite" });
    expect([await bind("a"), await bind("b")]).to.deep.equal([undefined, undefined]);
    expect((await rules()).map(({ AppName }) => AppName)).to.deep.equal(["b"]);
  });

  it("appNameEmpty: a rule of a whole domain can be made, or not", async () => {
    await speak({});
    expect(await bind("")).to.equal(undefined);
    await speak({ appNameEmpty: "refused" });
    expect([await bind(""), await bind("live")]).to.deep.equal(["InvalidParameter", undefined]);
  });

  for (const [reads, expected] of [
    ["empty", { AppName: "" }],
    ["null", { AppName: null }],
    ["missing", {}],
    ["star", { AppName: "*" }],
  ] as const) {
    it(`appNameEmptyReads: a rule of a whole domain reads back as ${reads}, and "" deletes it`, async () => {
      await speak({ appNameEmptyReads: reads });
      await bind("");
      const { DomainName, TemplateId, CreateTime, UpdateTime, ...rest } = (await rules())[0] ?? {};
      expect(rest).to.deep.equal(expected);
      expect(await unbind("")).to.equal(undefined);
    });
  }

  it("appNameEmptyReads: only where it reads as a star does a star name it", async () => {
    await speak({});
    await bind("");
    expect(await unbind("*")).to.equal("FailedOperation.NotFound");
    await speak({ appNameEmptyReads: "star" });
    await bind("*");
    expect(await unbind("")).to.equal(undefined);
  });

  it("bindChecksDomain: existing domains, enabled push domains or any can be bound, else the chosen code", async () => {
    const domains = [DOMAIN, { name: "play.example.com", type: 1 }, { name: "off.example.com", status: 0 }] as const;
    const names = [DOMAIN, "play.example.com", "off.example.com", "unknown.example.com"];
    const codes = async (dialect: Partial<Dialect>) => {
      await speak({ ...dialect, bindDomainCode: "InvalidParameter.ConfNotFound" }, { domains });
      const all: (string | undefined)[] = [];
      for (const name of names) all.push(await bind("live", name));
      return all;
    };
    const no = "InvalidParameter.ConfNotFound";
    const yes = undefined;
    expect(await codes({})).to.deep.equal([yes, yes, yes, no]);
    expect(await codes({ bindChecksDomain: "enabledPush" })).to.deep.equal([yes, no, no, no]);
    expect(await codes({ bindChecksDomain: "nothing" })).to.deep.equal([yes, yes, yes, yes]);
  });

  it("templateNotFoundCode, bindTemplateNotFoundCode, ruleNotFoundCode: the codes for what is missing", async () => {
    await speak({
      templateNotFoundCode: "FailedOperation.NotFound",
      bindTemplateNotFoundCode: "InvalidParameter.ConfNotFound",
      ruleNotFoundCode: "InternalError.RuleNotFound",
    });
    for (const verb of ["Describe", "Modify", "Delete"]) {
      expect(await codeOf(emulator, `${verb}LiveCallbackTemplate`, { TemplateId: 1 })).to.equal(
        "FailedOperation.NotFound",
      );
    }
    expect(await bind("live", DOMAIN, 1)).to.equal("InvalidParameter.ConfNotFound");
    expect(await unbind("live")).to.equal("InternalError.RuleNotFound");
  });

  it("inUseEnforced, inUseCode: a template in use is kept with the chosen code, or deleted under its rules", async () => {
    const remove = () => codeOf(emulator, "DeleteLiveCallbackTemplate", { TemplateId: id });
    await speak({ inUseCode: "InternalError.ConfInUsed" });
    await bind("live");
    expect(await remove()).to.equal("InternalError.ConfInUsed");
    await speak({ inUseEnforced: false });
    await bind("live");
    expect(await remove()).to.equal(undefined);
    expect(emulator.state()).to.deep.include({ templates: [] });
    expect(emulator.state().rules).to.have.length(1);
  });

  it("domainNotFoundCode, emptyDomainList: the codes where there is no domain", async () => {
    await speak({ domainNotFoundCode: "InternalError.DomainNotExist", emptyDomainList: "error" }, { domains: [] });
    expect(await codeOf(emulator, "DescribeLiveDomain", { DomainName: DOMAIN })).to.equal(
      "InternalError.DomainNotExist",
    );
    expect(await codeOf(emulator, "DescribeLiveDomains")).to.equal("ResourceNotFound.EmptyData");
  });

  it("recordStatusReturned: the recording status URL is not read back, or is", async () => {
    await speak({});
    await modify({ RecordStatusNotifyUrl: URL });
    expect(await template()).not.to.have.property("RecordStatusNotifyUrl");
    await speak({ recordStatusReturned: true });
    expect(await template()).to.have.property("RecordStatusNotifyUrl", "");
    await modify({ RecordStatusNotifyUrl: URL });
    expect(await template()).to.have.property("RecordStatusNotifyUrl", URL);
  });

  it("unsetReads: a field that is not set is documented, empty, null or missing", async () => {
    const read = async (unsetReads: Dialect["unsetReads"]) => {
      await speak({ unsetReads });
      const { StreamEndNotifyUrl, PushExceptionNotifyUrl, RecordExceptionLevels } = await template();
      return [StreamEndNotifyUrl, PushExceptionNotifyUrl, RecordExceptionLevels];
    };
    expect(await read("documented")).to.deep.equal(["", null, undefined]);
    expect(await read("empty")).to.deep.equal(["", "", []]);
    expect(await read("null")).to.deep.equal([null, null, null]);
    expect(await read("missing")).to.deep.equal([undefined, undefined, undefined]);
  });

  it("levelSpelling: the middle level reads back as it was sent, or as alarm", async () => {
    const levels = ["warning", "error"];
    await speak({});
    await modify({ RecordExceptionLevels: levels });
    expect((await template())["RecordExceptionLevels"]).to.deep.equal(levels);
    await speak({ levelSpelling: "alarm" });
    await modify({ RecordExceptionLevels: levels });
    expect((await template())["RecordExceptionLevels"]).to.deep.equal(["alarm", "error"]);
  });

  it("timeFormat: times are in Beijing, plain or with their offset; an overwritten rule keeps its first", async () => {
    const created = Date.UTC(2018, 8, 12, 20, 52, 1);
    const times = async (timeFormat: Dialect["timeFormat"]) => {
      let now = created;
      emulator = await startForTest({ dialect: { timeFormat, duplicateRule: "overwrite" }, clock: () => now });
      id = emulator.putTemplate({ TemplateName: "a" }).TemplateId;
      const at = () => ({ timestamp: now / 1000 });
      const rule = { DomainName: DOMAIN, AppName: "", TemplateId: id };
      await call(emulator, "CreateLiveCallbackRule", rule, at());
      now += 60_000;
      await call(emulator, "CreateLiveCallbackRule", rule, at());
      const { Rules } = await call(emulator, "DescribeLiveCallbackRules", {}, at());
      const [{ CreateTime, UpdateTime }] = Rules as [Record<string, string>];
      return [CreateTime, UpdateTime];
    };
    expect(await times("plain")).to.deep.equal(["2018-09-13 04:52:01", "2018-09-13 04:53:01"]);
    expect(await times("rfc3339")).to.deep.equal(["2018-09-13T04:52:01+08:00", "2018-09-13T04:53:01+08:00"]);
  });

  it("uniqueTemplateNames: two templates may share a name, or may not, but each keeps its own", async () => {
    const second = () => codeOf(emulator, "CreateLiveCallbackTemplate", { TemplateName: "a", RecordNotifyUrl: URL });
    await speak({});
    expect(await second()).to.equal(undefined);
    await speak({ uniqueTemplateNames: true });
    expect(await second()).to.equal("InvalidParameter.ArgsNotMatch");
    expect(await modify({ TemplateName: "a" })).to.equal(undefined);
    emulator.putTemplate({ TemplateName: "b" });
    expect(await modify({ TemplateName: "b" })).to.equal("InvalidParameter.ArgsNotMatch");
  });

  it("nameCharsetEnforced, descriptionCharsetEnforced, callbackKeyLimited, urlHostChecked: stricter or laxer fields", async () => {
    const codes = async (dialect: Partial<Dialect>) => {
      await speak(dialect);
      const all: (string | undefined)[] = [];
      for (const changes of [
        { TemplateName: "a b" },
        { Description: "a b" },
        { CallbackKey: "k".repeat(33) },
        { RecordNotifyUrl: "http://127.0.0.1:8080/" },
        { RecordNotifyUrl: "http://receiver/" },
        { RecordNotifyUrl: "http://[::1]/" },
        { RecordNotifyUrl: "http://203.0.113.9/" },
        { RecordNotifyUrl: "http://[2001:db8::1]/" },
      ]) {
        all.push(await modify(changes));
      }
      return all;
    };
    const ok = undefined;
    expect(await codes({})).to.deep.equal(["InvalidParameter.ArgsNotMatch", ok, ok, ok, ok, ok, ok, ok]);
    const strict = { descriptionCharsetEnforced: true, callbackKeyLimited: true, urlHostChecked: true } as const;
    expect(await codes({ ...strict, nameCharsetEnforced: false })).to.deep.equal([
      ok,
      "InvalidParameterValue",
      "InvalidParameterValue",
      "InvalidParameter.UrlNotSafe",
      "InvalidParameter.UrlNotSafe",
      "InvalidParameter.UrlNotSafe",
      ok,
      ok,
    ]);
  });

  it("apiModel: the older one does not know the newer fields", async () => {
    await speak({ apiModel: "older" });
    for (const changes of [{ AudioAuditNotifyUrl: URL }, { RecordExceptionLevels: ["error"] }]) {
      expect(await modify(changes)).to.equal("UnknownParameter");
    }
    expect(await modify({ PushExceptionNotifyUrl: URL })).to.equal(undefined);
  });

  it("an unknown switch or value is a clear error", async () => {
    await speak({});
    const start = (dialect: object) =>
      startEmulator({ dialect }).then(
        () => "started",
        (error: Error) => error.message,
      );
    expect(await start({ emptyClears: true })).to.equal('unknown dialect switch "emptyClears"');
    expect(await start({ timeFormat: "utc" })).to.equal(
      'dialect switch "timeFormat" is one of plain, rfc3339; got utc',
    );
  });
});
