import { expect } from "chai";
import type { Emulator, EmulatorOptions, StreamEvent } from "../../../emulator";
import { call, codeOf, startForTest } from "../../support/emulatorClient";
import { allUrls, Hooks } from "../../support/hooks";

const ACTION = "DescribeCallbackRecordsList";
const DOMAIN = "push.example.com";
const NOW = Date.UTC(2025, 0, 2, 3, 4, 5);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const utc = (ms: number) => new Date(ms).toISOString().replace(".000", "");

interface Listed {
  DataInfoList: Record<string, unknown>[];
  PageNum: number;
  PageSize: number;
  TotalNum: number;
  TotalPage: number;
}

describe("the emulator's record of callbacks", () => {
  let emulator: Emulator;
  let hooks: Hooks;
  let now = NOW;
  const start = async (options: EmulatorOptions = {}) => {
    now = NOW;
    emulator = await startForTest({ clock: () => now, ...options });
    hooks = await Hooks.start();
    const { TemplateId } = emulator.putTemplate({ TemplateName: "a", ...allUrls(hooks.url) });
    emulator.putRule({ DomainName: DOMAIN, TemplateId });
  };
  const send = (event: Partial<StreamEvent> = {}) =>
    emulator.sendEvent({ event: "streamBegin", domainName: DOMAIN, ...event });
  const query = (changes: object) => ({
    ...{ StartTime: utc(now - HOUR), EndTime: utc(now), StreamName: "stream", PageNum: 1, PageSize: 10 },
    ...changes,
  });
  const signedNow = () => ({ timestamp: Math.floor(now / 1000) });
  const list = async (changes: object = {}) =>
    (await call(emulator, ACTION, query(changes), signedNow())) as unknown as Listed;
  const code = (changes: object) => codeOf(emulator, ACTION, query(changes), signedNow());

  it("has one entry for each attempt, with request and response, encoded as in the published example", async () => {
    await start();
    hooks.response = { status: 503, body: "not now" };
    await send();
    now += 60_000;
    hooks.response = { status: 200 };
    await emulator.deliverDue();
    const { DataInfoList: entries, ...page } = await list();
    expect(page).to.include({ PageNum: 1, PageSize: 10, TotalNum: 2, TotalPage: 1 });
    const same = { EventTime: "2025-01-02T03:04:05Z", EventType: 1, StreamId: "stream" };
    const [first, second] = entries.map(({ Request: _request, ...entry }) => entry);
    expect(first).to.deep.equal({
      ...same,
      Response: "status+code%3A503%2C+content%3Dnot+now",
      ResponseTime: "2025-01-02T03:04:05Z",
      ResultCode: 503,
    });
    expect(second).to.deep.equal({
      ...same,
      Response: "status+code%3A200%2C+content%3D%7B%22code%22%3A0%7D",
      ResponseTime: "2025-01-02T03:05:05Z",
      ResultCode: 0,
    });
    const request = new URLSearchParams(`=${entries[0]?.["Request"]}`).get("");
    expect(request).to.equal(`url=${hooks.url}/streamBegin, content=${JSON.stringify(hooks.bodies[0])}`);
  });

  it("has plain text by dialect, and the failure if there was no response", async () => {
    await start({ dialect: { loggedText: "plain" } });
    await hooks.stop();
    await send();
    const [entry] = (await list()).DataInfoList;
    expect(entry).to.include({
      ResultCode: -1,
      Response: `status code:0, content=nothing listens at 127.0.0.1:${hooks.port}`,
    });
  });

  it("has no events that the cloud would not send, and none after a reset", async () => {
    await start();
    await send({ domainName: "other.example.com" });
    expect((await list()).TotalNum).to.equal(0);
    await send();
    emulator.reset();
    expect((await list()).TotalNum).to.equal(0);
  });

  it("is filtered by stream, time, event and result", async () => {
    await start();
    await send();
    await send({ event: "snapshot" });
    await send({ streamName: "other" });
    now += HOUR;
    hooks.response = { status: 500 };
    await send({ event: "record" });
    const types = async (changes: object) => (await list(changes)).DataInfoList.map(({ EventType }) => EventType);
    expect(await types({})).to.deep.equal([1, 200, 100]);
    expect(await types({ StreamName: "other" })).to.deep.equal([1]);
    expect(await types({ StreamName: "Stream" })).to.deep.equal([]);
    expect(await types({ EndTime: utc(now - 1000) })).to.deep.equal([1, 200]);
    expect(await types({ StartTime: utc(now - HOUR + 1000) })).to.deep.equal([100]);
    expect(await types({ EventType: 200 })).to.deep.equal([200]);
    expect(await types({ EventType: "0" })).to.deep.equal([]);
    expect(await types({ ResultCode: 0 })).to.deep.equal([1, 200]);
    expect(await types({ ResultCode: 500 })).to.deep.equal([100]);
  });

  it("has all events, or by dialect only those that the reference lists", async () => {
    const events = ["streamBegin", "streamEnd", "record", "snapshot", "recordStatus", "audioAudit"] as const;
    for (const [loggedEvents, count] of [
      ["all", 6],
      ["documented", 4],
    ] as const) {
      await start({ dialect: { loggedEvents } });
      for (const event of events) await send({ event });
      expect((await list()).TotalNum, loggedEvents).to.equal(count);
    }
  });

  it("is paged", async () => {
    await start();
    for (let sent = 0; sent < 5; sent++) await send({ fields: { number: sent } });
    const numbers = async (PageNum: number) => {
      const { DataInfoList, ...page } = await list({ PageNum, PageSize: 2 });
      expect(page).to.include({ PageNum, PageSize: 2, TotalNum: 5, TotalPage: 3 });
      return DataInfoList.map(({ Request }) => /number%22%3A(\d)/.exec(String(Request))?.[1]);
    };
    expect([await numbers(1), await numbers(3), await numbers(4)]).to.deep.equal([["0", "1"], ["4"], []]);
  });

  it("has times in the format of the request", async () => {
    await start();
    await send();
    const times = async (StartTime: string, EndTime: string) => {
      const [entry] = (await list({ StartTime, EndTime })).DataInfoList;
      return [entry?.["EventTime"], entry?.["ResponseTime"]];
    };
    expect(await times("2025-01-02 11:00:00", "2025-01-02 11:04:05")).to.deep.equal(
      Array(2).fill("2025-01-02 11:04:05"),
    );
    expect(await times("2025-01-02T03:00:00Z", "2025-01-02T03:04:05Z")).to.deep.equal(
      Array(2).fill("2025-01-02T03:04:05Z"),
    );
    expect(await times("2025-01-02T11:00:00+08:00", "2025-01-02T11:04:05+08:00")).to.deep.equal(
      Array(2).fill("2025-01-02T11:04:05+08:00"),
    );
  });

  it("can be requested for at most a day, within the last 14 days", async () => {
    await start();
    const span = (from: number, to: number) => code({ StartTime: utc(now - from), EndTime: utc(now - to) });
    expect([await span(DAY, 0), await span(14 * DAY, 13 * DAY)]).to.deep.equal([undefined, undefined]);
    expect(await span(DAY + 1000, 0)).to.equal("InvalidParameterValue");
    expect(await span(14 * DAY + 2000, 13 * DAY)).to.equal("InvalidParameterValue");
    expect(await span(0, 1000)).to.equal("InvalidParameterValue");
  });

  it("requires times, a stream and a page within their limits", async () => {
    await start();
    for (const name of Object.keys(query({}))) {
      expect(await code({ [name]: undefined }), name).to.equal("MissingParameter");
    }
    for (const wrong of [
      { StartTime: "2025-01-02" },
      { EndTime: "1735787045" },
      { StartTime: "2025-13-02T03:04:05Z" },
      { PageNum: 0 },
      { PageSize: 0 },
      { PageSize: 101 },
    ]) {
      expect(await code(wrong), JSON.stringify(wrong)).to.equal("InvalidParameterValue");
    }
    expect(await code({ PageSize: 100, Extra: 1 })).to.equal("UnknownParameter");
  });

  it("is limited to 20 calls per second", async () => {
    await start();
    const codes = await Promise.all(Array.from({ length: 21 }, () => code({})));
    expect(codes.filter((one) => one === "RequestLimitExceeded")).to.have.length(1);
    now += 1000;
    expect(await code({})).to.equal(undefined);
  });
});
