import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text as readText } from "node:stream/consumers";
import { expect } from "chai";
import { EMULATOR_CREDENTIALS, type Emulator, startEmulator } from "../../../emulator";
import { call, codeOf, startForTest, useEmulator } from "../../support/emulatorClient";

const URL = "https://hooks.example.com/";

describe("the emulator's state", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "emulator-"));
    file = join(folder, "data.json");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("survives a restart with its file, without reuse of the ids of deleted templates", async () => {
    const first = await startForTest({ dataFile: file });
    const create = (emulator: Emulator) =>
      call(emulator, "CreateLiveCallbackTemplate", { TemplateName: "a", CallbackKey: "k", RecordNotifyUrl: URL });
    const { TemplateId } = await create(first);
    const { TemplateId: deleted } = await create(first);
    await codeOf(first, "DeleteLiveCallbackTemplate", { TemplateId: deleted });
    await codeOf(first, "CreateLiveCallbackRule", { DomainName: "a.example.com", AppName: "", TemplateId });
    const state = first.state();
    expect(state.templates).to.deep.equal([{ TemplateId, TemplateName: "a", CallbackKey: "k", RecordNotifyUrl: URL }]);
    await first.close();
    const second = await startForTest({ dataFile: file });
    expect(second.state()).to.deep.equal(state);
    expect((await create(second))["TemplateId"]).to.equal(Number(deleted) + 1);
  });

  it("is in the file before the response, readable only by the owner and without temporary files", async () => {
    const emulator = await startForTest({ dataFile: file });
    await codeOf(emulator, "CreateLiveCallbackTemplate", { TemplateName: "a", RecordNotifyUrl: URL });
    expect(JSON.parse(readFileSync(file, "utf8")).templates).to.deep.equal(emulator.state().templates);
    expect(readdirSync(folder)).to.deep.equal(["data.json", "data.json.lock"]);
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    await emulator.close();
    expect(readdirSync(folder)).to.deep.equal(["data.json"]);
  });

  const failureToStart = (): Promise<string> =>
    startEmulator({ dataFile: file }).then(
      () => "started",
      (error: Error) => error.message,
    );

  it("cannot be opened by a second emulator with the same file until the first one is closed", async () => {
    const first = await startForTest({ dataFile: file });
    first.putTemplate({ TemplateName: "kept" });
    expect(await failureToStart()).to.match(/ is used by another emulator \(process \d+\): stop it, /);
    await first.close();
    const second = await startForTest({ dataFile: file });
    expect(second.state().templates).to.have.length(1);
  });

  it("is not locked by an emulator that failed to start, nor by a process that has ended", async () => {
    const taken = await startForTest();
    await startEmulator({ dataFile: file, port: taken.port }).catch(() => undefined);
    expect(readdirSync(folder)).to.deep.equal(["data.json"]);
    const ended = spawnSync(process.execPath, ["--version"]).pid;
    for (const left of [JSON.stringify({ processId: ended, file }), ""]) {
      writeFileSync(`${file}.lock`, left);
      await (await startForTest({ dataFile: file })).close();
    }
  });

  it("is not locked if its file was copied together with the lock", async () => {
    await startForTest({ dataFile: file });
    const copy = join(folder, "copy.json");
    for (const ending of ["", ".lock"]) copyFileSync(`${file}${ending}`, `${copy}${ending}`);
    await startForTest({ dataFile: copy });
  });

  it("stays unchanged, also in memory, if the file cannot be written", async () => {
    const emulator = await startForTest({ dataFile: join(folder, "sub", "data.json") }).catch(() => undefined);
    expect(emulator).to.equal(undefined);
    mkdirSync(join(folder, "sub"));
    const running = await startForTest({ dataFile: join(folder, "sub", "data.json") });
    const { TemplateId } = running.putTemplate({ TemplateName: "a", RecordNotifyUrl: URL });
    rmSync(join(folder, "sub"), { recursive: true });
    const request = { TemplateName: "b", RecordNotifyUrl: URL };
    expect(await codeOf(running, "CreateLiveCallbackTemplate", request)).to.equal("InternalError");
    expect(await codeOf(running, "DeleteLiveCallbackTemplate", { TemplateId })).to.equal("InternalError");
    expect(() => running.putTemplate({ TemplateName: "c" })).to.throw("data.json (ENOENT): nothing was changed.");
    expect(running.state().templates.map(({ TemplateName }) => TemplateName)).to.deep.equal(["a"]);
  });

  for (const content of ["", "{", '{"templates":[]}', '{"nextTemplateId":1,"templates":[{}],"rules":[]}']) {
    it(`is not read from an invalid file, which stays unchanged: ${content || "empty"}`, async () => {
      writeFileSync(file, content);
      const message = await startEmulator({ dataFile: file }).then(
        () => "started",
        (error: Error) => error.message,
      );
      expect(message).to.equal(`${file} is not a data file of this emulator: use another file or delete it`);
      expect(readFileSync(file, "utf8")).to.equal(content);
    });
  }

  it("is returned as a copy", async () => {
    const emulator = await startForTest({ domains: ["a.example.com"] });
    const template = emulator.putTemplate({ TemplateName: "a", RecordExceptionLevels: ["info"] });
    emulator.state().templates[0]?.RecordExceptionLevels?.push("error");
    template.TemplateName = "b";
    expect(emulator.state()).to.deep.equal({
      templates: [{ TemplateId: template.TemplateId, TemplateName: "a", RecordExceptionLevels: ["info"] }],
      rules: [],
      domains: [{ name: "a.example.com", type: 0, status: 1, isDelayLive: 0, playType: 1 }],
    });
  });

  it("can be changed outside the API, without limits and without entries in the call record", async () => {
    const emulator = await startForTest({ templateLimit: 0, clock: () => Date.UTC(2020, 0, 1) });
    const { TemplateId } = emulator.putTemplate({ TemplateId: 7, TemplateName: "a b", Description: "d" });
    emulator.patchTemplate(7, { Description: "", CallbackKey: "k" });
    emulator.putRule({ DomainName: "a.example.com", TemplateId });
    emulator.putRule({ DomainName: "a.example.com", AppName: "live", TemplateId: 99 });
    expect(emulator.state().templates).to.deep.equal([{ TemplateId: 7, TemplateName: "a b", CallbackKey: "k" }]);
    const time = "2020-01-01T00:00:00.000Z";
    expect(emulator.state().rules).to.deep.equal([
      { DomainName: "a.example.com", AppName: "", TemplateId: 7, CreateTime: time, UpdateTime: time },
      { DomainName: "a.example.com", AppName: "live", TemplateId: 99, CreateTime: time, UpdateTime: time },
    ]);
    expect([emulator.removeRule("a.example.com"), emulator.removeRule("a.example.com")]).to.deep.equal([true, false]);
    expect([emulator.removeTemplate(7), emulator.removeTemplate(7)]).to.deep.equal([true, false]);
    expect(emulator.state().rules.map(({ AppName }) => AppName)).to.deep.equal(["live"]);
    emulator.putTemplate({ TemplateId: 500000, TemplateName: "a" });
    expect(emulator.putTemplate({ TemplateName: "a" }).TemplateId).to.equal(500001);
    expect(() => emulator.patchTemplate(7, {})).to.throw("there is no template 7");
    expect(emulator.calls()).to.deep.equal({});
  });

  it("is cleared by reset with its faults, unless only the calls are reset", async () => {
    const emulator = await startForTest();
    const { TemplateId } = emulator.putTemplate({ TemplateName: "a" });
    emulator.putRule({ DomainName: "a.example.com", TemplateId });
    emulator.addFault({ kind: "error", code: "A", times: "always" });
    await codeOf(emulator, "DescribeLiveCallbackRules");
    emulator.reset({ calls: true });
    expect([emulator.calls(), emulator.callRecord()]).to.deep.equal([{}, []]);
    expect(emulator.state().templates).to.have.length(1);
    expect(await codeOf(emulator, "DescribeLiveCallbackRules")).to.equal("A");
    emulator.reset();
    expect(emulator.state()).to.deep.equal({ templates: [], rules: [], domains: [] });
    expect(emulator.calls()).to.deep.equal({});
    expect(await codeOf(emulator, "DescribeLiveCallbackRules")).to.equal(undefined);
    expect(emulator.putTemplate({ TemplateName: "a" }).TemplateId).to.equal(TemplateId + 1);
  });
});

describe("the control API of the emulator", () => {
  const emulator = useEmulator();
  const control = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const text = typeof body === "string" || body === undefined ? body : JSON.stringify(body);
    const response = await fetch(`${emulator.url}/_emulator/${path}`, { method, body: text, headers });
    return { status: response.status, value: (await response.json()) as Record<string, unknown> };
  };

  it("returns the state and the calls, as counts or in order", async () => {
    emulator.putTemplate({ TemplateName: "a" });
    await codeOf(emulator, "DescribeLiveCallbackTemplate", { TemplateId: 1 });
    expect((await control("GET", "state")).value).to.deep.equal(emulator.state());
    expect((await control("GET", "calls")).value).to.deep.equal({ DescribeLiveCallbackTemplate: 1 });
    expect((await control("GET", "calls?record=1")).value).to.deep.equal([
      { action: "DescribeLiveCallbackTemplate", request: { TemplateId: 1 }, code: "InternalError.ConfNotFound" },
    ]);
  });

  it("changes templates and rules", async () => {
    const { value } = await control("PUT", "templates", { TemplateName: "a" });
    const id = value.TemplateId;
    expect((await control("PATCH", `templates/${id}`, { CallbackKey: "k" })).value).to.include({ CallbackKey: "k" });
    await control("PUT", "rules", { DomainName: "a.example.com", AppName: "live", TemplateId: id });
    expect(emulator.state().rules).to.have.length(1);
    const key = { DomainName: "a.example.com", AppName: "live" };
    expect((await control("DELETE", "rules", key)).value).to.deep.equal({ removed: true });
    expect((await control("DELETE", `templates/${id}`)).value).to.deep.equal({ removed: true });
    expect(emulator.state()).to.deep.equal({ templates: [], rules: [], domains: [] });
  });

  it("adds one fault or several, and removes them", async () => {
    await control("POST", "faults", { kind: "error", code: "A" });
    await control("POST", "faults", [
      { kind: "error", code: "B" },
      { kind: "error", code: "C" },
    ]);
    const list = () => codeOf(emulator, "DescribeLiveCallbackRules");
    expect([await list(), await list()]).to.deep.equal(["A", "B"]);
    await control("DELETE", "faults");
    expect(await list()).to.equal(undefined);
  });

  it("resets the call record alone, or everything", async () => {
    emulator.putTemplate({ TemplateName: "a" });
    await codeOf(emulator, "DescribeLiveCallbackRules");
    await control("POST", "reset", { calls: true });
    expect([emulator.calls(), emulator.state().templates.length]).to.deep.equal([{}, 1]);
    await control("POST", "reset");
    expect(emulator.state().templates).to.deep.equal([]);
  });

  it("rejects invalid requests with the reason", async () => {
    for (const [method, path, body, reason] of [
      ["POST", "faults", { kind: "error" }, "code"],
      ["POST", "faults", "{", "JSON"],
      ["POST", "reset", { all: true }, "all"],
      ["PATCH", "templates/x", {}, "NaN"],
      ["PATCH", "templates/5", {}, "there is no template 5"],
      ["PUT", "rules", { DomainName: "a" }, "TemplateId"],
    ] as const) {
      const { status, value } = await control(method, path, body);
      expect(status, path).to.equal(400);
      expect(value.error).to.include(reason);
    }
    for (const path of ["nothing", "", "__proto__", "state/"]) {
      const { status, value } = await control("DELETE", path);
      expect(status, path).to.equal(404);
      expect(value.error).to.include("GET state");
    }
  });

  it("rejects requests of web pages, whatever host name they use", async () => {
    const { status } = await control("POST", "reset", {}, { origin: "https://evil.example.com" });
    expect(status).to.equal(403);
    const socket = connect(emulator.port, "127.0.0.1");
    socket.end("GET /_emulator/state HTTP/1.1\r\nHost: evil.example.com\r\nConnection: close\r\n\r\n");
    expect(await readText(socket)).to.match(/^HTTP\/1\.1 403 /);
  });

  it("does not return the keys of the API", async () => {
    expect(await codeOf(emulator, "CreateLiveCallbackTemplate", { TemplateName: "a", RecordNotifyUrl: URL })).to.equal(
      undefined,
    );
    for (const [path, shown] of [
      ["state", '"TemplateName":"a"'],
      ["calls?record=1", '"TemplateName":"a"'],
      ["calls", '"CreateLiveCallbackTemplate":1'],
    ] as const) {
      const response = JSON.stringify((await control("GET", path)).value);
      expect(response, path).to.include(shown);
      expect(response, path).to.not.match(new RegExp(`${EMULATOR_CREDENTIALS.secretKey}|Signature|TC3-HMAC`));
    }
  });
});
