import { expect } from "chai";
import type { Emulator, LiveDialect } from "../../../emulator";
import { startDialect, URL } from "../../support/emulator/dialectEmulator";
import { call, codeOf } from "../../support/emulatorClient";

describe("the emulator's dialects", () => {
  let emulator: Emulator;
  let id: number;
  const speak = async (...dialect: Parameters<typeof startDialect>) => {
    ({ emulator, id } = await startDialect(...dialect));
  };
  const template = async () =>
    (await call(emulator, "DescribeLiveCallbackTemplate", { TemplateId: id }))["Template"] as Record<string, unknown>;
  const modify = (changes: object) => codeOf(emulator, "ModifyLiveCallbackTemplate", { TemplateId: id, ...changes });

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
    const read = async (unsetReads: LiveDialect["unsetReads"]) => {
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
    const codes = async (dialect: Partial<LiveDialect>) => {
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
});
