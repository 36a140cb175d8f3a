import { expect } from "chai";
import { startEmulator } from "../../../emulator";
import { call, codeOf } from "../../support/emulatorClient";
import { startedByTest } from "../../support/lifetime";

const CREATE = "CreateLiveCallbackTemplate";
const URL = "https://hooks.example.com/";

describe("the emulator", () => {
  const [emulator, start] = startedByTest(startEmulator);
  const create = (fields: object) => codeOf(emulator, CREATE, { TemplateName: "a", RecordNotifyUrl: URL, ...fields });

  it("requires at least one URL for a new template", async () => {
    await start();
    for (const fields of [{}, { StreamBeginNotifyUrl: "" }]) {
      expect(await codeOf(emulator, CREATE, { TemplateName: "a", ...fields })).to.equal("InvalidParameter");
    }
    expect(await codeOf(emulator, CREATE, { TemplateName: "a", AudioAuditNotifyUrl: URL })).to.equal(undefined);
  });

  it("accepts names of 1 to 255 bytes of the documented characters", async () => {
    await start();
    for (const TemplateName of ["中".repeat(85), "a_b-9", "x".repeat(255)]) {
      expect(await create({ TemplateName }), TemplateName).to.equal(undefined);
    }
    for (const TemplateName of ["", "中".repeat(86), "x".repeat(256), "a b", "é", "a.b"]) {
      expect(await create({ TemplateName }), TemplateName).to.equal("InvalidParameter.ArgsNotMatch");
    }
  });

  it("accepts descriptions up to 1024 bytes, known levels and HTTP and HTTPS URLs", async () => {
    await start();
    expect(await create({ Description: "中".repeat(341) })).to.equal(undefined);
    expect(await create({ Description: "中".repeat(342) })).to.equal("InvalidParameterValue");
    expect(await create({ RecordExceptionLevels: ["error", "warning", "info"] })).to.equal(undefined);
    expect(await create({ RecordExceptionLevels: ["fatal"] })).to.equal("InvalidParameterValue");
    expect(await create({ RecordExceptionLevels: [1] })).to.equal("InvalidParameter");
    for (const SnapshotNotifyUrl of ["hooks.example.com", "ftp://hooks.example.com", "https://"]) {
      expect(await create({ SnapshotNotifyUrl }), SnapshotNotifyUrl).to.equal("InvalidParameter.UrlNotSafe");
    }
  });

  it("accepts 50 templates, or as many as templateLimit allows", async () => {
    await start();
    for (let made = 0; made < 50; made++) expect(await create({})).to.equal(undefined);
    expect(await create({})).to.equal("InternalError.ConfOutLimit");
    await start({ templateLimit: 1 });
    expect(await create({})).to.equal(undefined);
    expect(await create({})).to.equal("InternalError.ConfOutLimit");
    emulator.removeTemplate(emulator.state().templates[0]?.TemplateId ?? 0);
    expect(await create({})).to.equal(undefined);
  });

  it("rejects rules for malformed domains", async () => {
    await start();
    const { TemplateId } = emulator.putTemplate({ TemplateName: "a" });
    for (const DomainName of ["", "localhost", "http://a.example.com", "*.example.com", `${"a".repeat(64)}.com`]) {
      expect(await codeOf(emulator, "CreateLiveCallbackRule", { DomainName, AppName: "", TemplateId })).to.equal(
        "InvalidParameter.DomainFormatError",
      );
    }
  });

  it("allows 200 creates within one second of its clock, then more when the first is a second old", async () => {
    let now = Date.now();
    await start({ clock: () => now, templateLimit: 1000 });
    await Promise.all(Array.from({ length: 199 }, () => create({})));
    now += 500;
    expect(await create({})).to.equal(undefined);
    expect(await create({})).to.equal("RequestLimitExceeded");
    expect(await codeOf(emulator, "DescribeLiveCallbackTemplates")).to.equal(undefined);
    now += 499;
    expect(await create({})).to.equal("RequestLimitExceeded");
    now += 1;
    expect(await create({})).to.equal(undefined);
  });

  it("has no rate limits if they are disabled, and the limit that is set for an action", async () => {
    const rules = () => codeOf(emulator, "DescribeLiveCallbackRules");
    const clock = () => 1_700_000_000_000;
    const calls = (times: number) =>
      Promise.all(
        Array.from({ length: times }, () =>
          codeOf(emulator, "DescribeLiveCallbackRules", {}, { timestamp: clock() / 1000 }),
        ),
      );
    await start({ rateLimits: false, clock });
    expect(new Set(await calls(501))).to.deep.equal(new Set([undefined]));
    await start({ rateLimits: { DescribeLiveCallbackRules: 2 } });
    expect([await rules(), await rules(), await rules()]).to.deep.equal([undefined, undefined, "RequestLimitExceeded"]);
  });

  it("pages domains, and rejects values out of range", async () => {
    await start({ domains: Array.from({ length: 23 }, (_, index) => `d${index}.example.com`) });
    const page = async (request: object) => {
      const { DomainList, AllCount } = await call(emulator, "DescribeLiveDomains", request);
      return [AllCount, (DomainList as { Name: string }[]).map(({ Name }) => Name.split(".")[0])];
    };
    expect(await page({ PageNum: 3 })).to.deep.equal([23, ["d20", "d21", "d22"]]);
    expect(await page({ PageNum: "2", PageSize: "20" })).to.deep.equal([23, ["d20", "d21", "d22"]]);
    expect(await page({ DomainPrefix: "d2", PageSize: 10 })).to.deep.equal([4, ["d2", "d20", "d21", "d22"]]);
    for (const request of [{ PageSize: 9 }, { PageSize: 101 }, { PageNum: 0 }, { DomainType: 2 }, { PlayType: 4 }]) {
      expect(await codeOf(emulator, "DescribeLiveDomains", request)).to.equal("InvalidParameterValue");
    }
  });

  it("filters domains by state, type, area and delay", async () => {
    await start({
      domains: [
        { name: "off.example.com", status: 0 },
        { name: "play.example.com", type: 1, playType: 3 },
        { name: "late.example.com", isDelayLive: 1 },
      ],
    });
    const names = async (request: object) => {
      const { DomainList } = await call(emulator, "DescribeLiveDomains", request);
      return (DomainList as { Name: string }[]).map(({ Name }) => Name.split(".")[0]);
    };
    expect(await names({})).to.deep.equal(["off", "play"]);
    expect(await names({ DomainStatus: 0 })).to.deep.equal(["off"]);
    expect(await names({ DomainType: 1, PlayType: 3 })).to.deep.equal(["play"]);
    expect(await names({ DomainType: 1, PlayType: 1 })).to.deep.equal([]);
    expect(await names({ PlayType: 1 })).to.deep.equal(["off", "play"]);
    expect(await names({ IsDelayLive: 1 })).to.deep.equal(["late"]);
  });

  it("finds every well-formed domain by name and lists none, if it has no list of domains", async () => {
    await start();
    const { DomainInfo } = await call(emulator, "DescribeLiveDomain", { DomainName: "any.example.com" });
    expect(DomainInfo).to.include({ Name: "any.example.com", Type: 0, Status: 1 });
    expect(await call(emulator, "DescribeLiveDomains")).to.deep.include({ AllCount: 0, DomainList: [] });
    expect(await codeOf(emulator, "DescribeLiveDomain", { DomainName: "any" })).to.equal(
      "ResourceNotFound.DomainNotExist",
    );
  });

  it("listens on loopback only", async () => {
    await start({ host: "localhost" });
    for (const host of ["0.0.0.0", "192.168.1.1", "::", "example.com"]) {
      const outcome = await startEmulator({ host }).then(
        () => "started",
        (error: Error) => error.message,
      );
      expect(outcome).to.equal(`the emulator listens on loopback only, for example 127.0.0.1; got "${host}"`);
    }
  });
});
