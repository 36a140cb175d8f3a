import { expect } from "chai";
import { type Emulator, type LiveDialect, startEmulator } from "../../../emulator";
import { DOMAIN, startDialect } from "../../support/emulator/dialectEmulator";
import { call, codeOf, startForTest } from "../../support/emulatorClient";

describe("a dialect of the emulator", () => {
  let emulator: Emulator;
  let id: number;
  const restart = async (...dialect: Parameters<typeof startDialect>) => {
    ({ emulator, id } = await startDialect(...dialect));
  };
  const rules = async () => (await call(emulator, "DescribeLiveCallbackRules"))["Rules"] as Record<string, unknown>[];
  const bind = (AppName: string, DomainName = DOMAIN, TemplateId = id) =>
    codeOf(emulator, "CreateLiveCallbackRule", { DomainName, AppName, TemplateId });
  const unbind = (AppName: string) => codeOf(emulator, "DeleteLiveCallbackRule", { DomainName: DOMAIN, AppName });

  it("duplicateRule: rejects a second rule of one key with the chosen code, or replaces the first", async () => {
    await restart({ duplicateRuleCode: "InternalError" });
    await bind("live");
    const other = emulator.putTemplate({ TemplateName: "b" }).TemplateId;
    expect(await bind("live", DOMAIN, other)).to.equal("InternalError");
    expect(emulator.state().rules.map(({ TemplateId }) => TemplateId)).to.deep.equal([id]);
    await restart({ duplicateRule: "overwrite" });
    await bind("live");
    const next = emulator.putTemplate({ TemplateName: "b" }).TemplateId;
    expect(await bind("live", "PUSH.example.com", next)).to.equal(undefined);
    expect(emulator.state().rules.map(({ TemplateId }) => TemplateId)).to.deep.equal([next]);
  });

  it("rulesPerDomain: allows a rule for each app of a domain, or one rule for the domain", async () => {
    await restart({});
    expect([await bind("a"), await bind("b"), await bind("")]).to.deep.equal([undefined, undefined, undefined]);
    await restart({ rulesPerDomain: "one" });
    expect([await bind("a"), await bind("b")]).to.deep.equal([undefined, "InternalError.RuleAlreadyExist"]);
    await restart({ rulesPerDomain: "one", duplicateRule: "overwrite" });
    expect([await bind("a"), await bind("b")]).to.deep.equal([undefined, undefined]);
    expect((await rules()).map(({ AppName }) => AppName)).to.deep.equal(["b"]);
  });

  it("appNameEmpty: accepts or rejects a rule of a whole domain", async () => {
    await restart({});
    expect(await bind("")).to.equal(undefined);
    await restart({ appNameEmpty: "refused" });
    expect([await bind(""), await bind("live")]).to.deep.equal(["InvalidParameter", undefined]);
  });

  for (const [reads, expected] of [
    ["empty", { AppName: "" }],
    ["null", { AppName: null }],
    ["missing", {}],
    ["star", { AppName: "*" }],
  ] as const) {
    it(`appNameEmptyReads: returns the app of a rule of a whole domain as ${reads}, and "" deletes it`, async () => {
      await restart({ appNameEmptyReads: reads });
      await bind("");
      const { DomainName, TemplateId, CreateTime, UpdateTime, ...rest } = (await rules())[0] ?? {};
      expect(rest).to.deep.equal(expected);
      expect(await unbind("")).to.equal(undefined);
    });
  }

  it("appNameEmptyReads: accepts a star for the whole domain only if it returns one", async () => {
    await restart({});
    await bind("");
    expect(await unbind("*")).to.equal("FailedOperation.NotFound");
    await restart({ appNameEmptyReads: "star" });
    await bind("*");
    expect(await unbind("")).to.equal(undefined);
  });

  it("bindChecksDomain: binds existing, enabled push or all domains, else returns the chosen code", async () => {
    const domains = [DOMAIN, { name: "play.example.com", type: 1 }, { name: "off.example.com", status: 0 }] as const;
    const names = [DOMAIN, "play.example.com", "off.example.com", "unknown.example.com"];
    const codes = async (dialect: Partial<LiveDialect>) => {
      await restart({ ...dialect, bindDomainCode: "InvalidParameter.ConfNotFound" }, { domains });
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

  it("templateNotFoundCode, bindTemplateNotFoundCode, ruleNotFoundCode: return the chosen codes", async () => {
    await restart({
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

  it("inUseEnforced, inUseCode: keeps a template in use with the chosen code, or deletes it", async () => {
    const remove = () => codeOf(emulator, "DeleteLiveCallbackTemplate", { TemplateId: id });
    await restart({ inUseCode: "InternalError.ConfInUsed" });
    await bind("live");
    expect(await remove()).to.equal("InternalError.ConfInUsed");
    await restart({ inUseEnforced: false });
    await bind("live");
    expect(await remove()).to.equal(undefined);
    expect(emulator.state()).to.deep.include({ templates: [] });
    expect(emulator.state().rules).to.have.length(1);
  });

  it("domainNotFoundCode, emptyDomainList: return the chosen codes if there is no domain", async () => {
    await restart({ domainNotFoundCode: "InternalError.DomainNotExist", emptyDomainList: "error" }, { domains: [] });
    expect(await codeOf(emulator, "DescribeLiveDomain", { DomainName: DOMAIN })).to.equal(
      "InternalError.DomainNotExist",
    );
    expect(await codeOf(emulator, "DescribeLiveDomains")).to.equal("ResourceNotFound.EmptyData");
  });

  it("timeFormat: returns Beijing times, plain or with offset, and keeps the creation time on overwrite", async () => {
    const created = Date.UTC(2018, 8, 12, 20, 52, 1);
    const times = async (timeFormat: LiveDialect["timeFormat"]) => {
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

  it("rejects an unknown switch or value with a clear error", async () => {
    await restart({});
    const start = (dialect: object) =>
      startEmulator({ dialect }).then(
        () => "started",
        (error: Error) => error.message,
      );
    expect(await start({ emptyClears: true })).to.equal('unknown dialect switch "emptyClears"');
    expect(await start({ timeFormat: "utc" })).to.equal(
      'dialect switch "timeFormat" must be one of plain, rfc3339; got utc',
    );
  });
});
