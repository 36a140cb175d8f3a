import { expect } from "chai";
import type { Emulator, LiveDialect } from "../../../emulator";
import { startDialect, URL } from "../../support/emulator/dialectEmulator";
import { call, codeOf } from "../../support/emulatorClient";

describe("a dialect of the emulator", () => {
  let emulator: Emulator;
  let id: number;
  const restart = async (...dialect: Parameters<typeof startDialect>) => {
    ({ emulator, id } = await startDialect(...dialect));
  };
  const template = async () =>
    (await call(emulator, "DescribeLiveCallbackTemplate", { TemplateId: id }))["Template"] as Record<string, unknown>;
  const modify = (changes: object) => codeOf(emulator, "ModifyLiveCallbackTemplate", { TemplateId: id, ...changes });

  it("emptyStringClears: clears a field with an empty value, or ignores it", async () => {
    const cleared = { Description: "", AudioAuditNotifyUrl: "", RecordNotifyUrl: "http://n.example.com" };
    await restart({});
    await modify(cleared);
    expect(emulator.state().templates[0]).to.deep.equal({
      TemplateId: id,
      TemplateName: "a",
      RecordNotifyUrl: "http://n.example.com",
    });
    await restart({ emptyStringClears: false });
    await modify({ ...cleared, StreamEndNotifyUrl: "" });
    expect(await template()).to.include({
      ...cleared,
      Description: "d",
      AudioAuditNotifyUrl: URL,
      StreamEndNotifyUrl: "",
    });
  });

  it("emptyStringClears: clears the levels with an empty list, or ignores it", async () => {
    await restart({});
    await modify({ RecordExceptionLevels: ["info"] });
    await modify({ RecordExceptionLevels: [] });
    expect(await template()).not.to.have.property("RecordExceptionLevels");
    await restart({ emptyStringClears: false });
    await modify({ RecordExceptionLevels: ["info"] });
    await modify({ RecordExceptionLevels: [] });
    expect((await template())["RecordExceptionLevels"]).to.deep.equal(["info"]);
  });

  it("omittedKeeps: keeps a field that a Modify does not contain, or clears it", async () => {
    await restart({});
    await modify({ Description: "new" });
    expect(await template()).to.include({ TemplateName: "a", Description: "new", RecordNotifyUrl: URL });
    await restart({ omittedKeeps: false });
    emulator.patchTemplate(id, { StreamMixNotifyUrl: URL });
    await modify({ Description: "new" });
    expect(await template()).to.include({ TemplateName: "a", Description: "new", RecordNotifyUrl: "" });
    // Modify has no such parameter, so omitting it does not clear the field.
    expect(await template()).to.include({ StreamMixNotifyUrl: URL });
  });

  it("modifyToNoUrl: accepts or rejects the removal of the last URL", async () => {
    const none = { RecordNotifyUrl: "", AudioAuditNotifyUrl: "" };
    await restart({});
    expect(await modify(none)).to.equal(undefined);
    await restart({ modifyToNoUrl: "refused" });
    expect(await modify(none)).to.equal("InvalidParameter");
    expect(await template()).to.include({ RecordNotifyUrl: URL });
  });

  it("recordStatusReturned: omits or returns the recording status URL", async () => {
    await restart({});
    await modify({ RecordStatusNotifyUrl: URL });
    expect(await template()).not.to.have.property("RecordStatusNotifyUrl");
    await restart({ recordStatusReturned: true });
    expect(await template()).to.have.property("RecordStatusNotifyUrl", "");
    await modify({ RecordStatusNotifyUrl: URL });
    expect(await template()).to.have.property("RecordStatusNotifyUrl", URL);
  });

  it("unsetReads: returns an unset field as documented, empty, null or missing", async () => {
    const read = async (unsetReads: LiveDialect["unsetReads"]) => {
      await restart({ unsetReads });
      const { StreamEndNotifyUrl, PushExceptionNotifyUrl, RecordExceptionLevels } = await template();
      return [StreamEndNotifyUrl, PushExceptionNotifyUrl, RecordExceptionLevels];
    };
    expect(await read("documented")).to.deep.equal(["", null, undefined]);
    expect(await read("empty")).to.deep.equal(["", "", []]);
    expect(await read("null")).to.deep.equal([null, null, null]);
    expect(await read("missing")).to.deep.equal([undefined, undefined, undefined]);
  });

  it("levelSpelling: returns the middle level as it was sent, or as alarm", async () => {
    const levels = ["warning", "error"];
    await restart({});
    await modify({ RecordExceptionLevels: levels });
    expect((await template())["RecordExceptionLevels"]).to.deep.equal(levels);
    await restart({ levelSpelling: "alarm" });
    await modify({ RecordExceptionLevels: levels });
    expect((await template())["RecordExceptionLevels"]).to.deep.equal(["alarm", "error"]);
  });

  it("uniqueTemplateNames: accepts or rejects the name of another template, and accepts its own", async () => {
    const second = () => codeOf(emulator, "CreateLiveCallbackTemplate", { TemplateName: "a", RecordNotifyUrl: URL });
    await restart({});
    expect(await second()).to.equal(undefined);
    await restart({ uniqueTemplateNames: true });
    expect(await second()).to.equal("InvalidParameter.ArgsNotMatch");
    expect(await modify({ TemplateName: "a" })).to.equal(undefined);
    emulator.putTemplate({ TemplateName: "b" });
    expect(await modify({ TemplateName: "b" })).to.equal("InvalidParameter.ArgsNotMatch");
  });

  it("nameCharsetEnforced, descriptionCharsetEnforced, callbackKeyLimited, urlHostChecked: check fields", async () => {
    const codes = async (dialect: Partial<LiveDialect>) => {
      await restart(dialect);
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

  it("apiModel: rejects the newer fields if it is the older one", async () => {
    await restart({ apiModel: "older" });
    for (const changes of [{ AudioAuditNotifyUrl: URL }, { RecordExceptionLevels: ["error"] }]) {
      expect(await modify(changes)).to.equal("UnknownParameter");
    }
    expect(await modify({ PushExceptionNotifyUrl: URL })).to.equal(undefined);
  });
});
