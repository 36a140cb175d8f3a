import { expect } from "chai";
import { codeOf, send, startForTest, useEmulator } from "../../support/emulatorClient";

const CREATE = "CreateLiveCallbackTemplate";
const LIST = "DescribeLiveCallbackTemplates";
const TEMPLATE = { TemplateName: "a", RecordNotifyUrl: "https://hooks.example.com/" };

describe("the emulator's faults", () => {
  const emulator = useEmulator();

  const create = () => codeOf(emulator, CREATE, TEMPLATE);
  const made = () => emulator.state().templates.length;
  /** How an HTTP call ends: with this text, or with an error of the connection. */
  const outcome = async () => {
    const response = await send(emulator, CREATE, TEMPLATE).catch(() => undefined);
    if (!response) return "no answer";
    return response.text().then(
      (text) => `${response.status} ${response.headers.get("content-type")} ${text}`,
      () => `${response.status} cut off`,
    );
  };

  it("error: the code, as often as asked, then the action again", async () => {
    emulator.addFault({ kind: "error", action: CREATE, code: "RequestLimitExceeded", times: 2 });
    expect([await create(), await create(), made()]).to.deep.equal(["RequestLimitExceeded", "RequestLimitExceeded", 0]);
    expect([await create(), made()]).to.deep.equal([undefined, 1]);
  });

  it("error, applied: the code although the action took effect", async () => {
    emulator.addFault({ kind: "error", code: "InternalError", applied: true });
    expect([await create(), made()]).to.deep.equal(["InternalError", 1]);
  });

  it("status: another HTTP status, before or after the effect", async () => {
    emulator.addFault({ kind: "status", status: 500 });
    expect(await outcome()).to.match(/^500 text\/html /);
    expect(made()).to.equal(0);
    emulator.addFault({ kind: "status", status: 502, applied: true });
    expect(await outcome()).to.match(/^502 text\/html /);
    expect(made()).to.equal(1);
  });

  it("reset: no answer, before or after the effect", async () => {
    emulator.addFault({ kind: "reset" });
    expect([await outcome(), made()]).to.deep.equal(["no answer", 0]);
    emulator.addFault({ kind: "reset", applied: true });
    expect([await outcome(), made()]).to.deep.equal(["no answer", 1]);
  });

  it("resetMidBody: the connection ends in the middle of the answer, after the effect", async () => {
    emulator.addFault({ kind: "resetMidBody" });
    expect([await outcome(), made()]).to.deep.equal(["200 cut off", 1]);
  });

  it("truncated: a complete HTTP answer with half of the JSON, after the effect", async () => {
    emulator.addFault({ kind: "truncated" });
    const text = await outcome();
    expect(text).to.match(/^200 application\/json \{"Response":\{"Te/);
    expect(() => JSON.parse(text.slice("200 application/json ".length))).to.throw(SyntaxError);
    expect(made()).to.equal(1);
  });

  it("contentType: a page instead of JSON, after the effect", async () => {
    emulator.addFault({ kind: "contentType" });
    emulator.addFault({ kind: "contentType", contentType: "text/plain", applied: false });
    expect(await outcome()).to.match(/^200 text\/html <!doctype html>/);
    expect(await outcome()).to.match(/^200 text\/plain /);
    expect(made()).to.equal(1);
  });

  it("latency: the effect comes late, or the answer does", async () => {
    const seen: number[] = [];
    emulator.addFault({ kind: "latency", ms: 250, action: CREATE });
    const late = create();
    await codeOf(emulator, LIST);
    seen.push(made());
    await late;
    seen.push(made());
    emulator.addFault({ kind: "latency", ms: 250, action: CREATE, applied: true });
    const lateResponse = create().then(() => seen.push(9));
    while (made() < 2) await codeOf(emulator, LIST);
    seen.push(made());
    await lateResponse;
    expect(seen).to.deep.equal([0, 1, 2, 9]);
  });

  it("stale: a list as of some writes ago, and only a list", async () => {
    const { TemplateId } = emulator.putTemplate(TEMPLATE);
    emulator.patchTemplate(TemplateId, { Description: "new" });
    emulator.putTemplate(TEMPLATE);
    emulator.removeTemplate(TemplateId);
    emulator.addFault({ kind: "stale", writes: 3 });
    await create();
    const read = async () => {
      const response = await send(emulator, LIST);
      const { Response } = (await response.json()) as { Response: { Templates: Record<string, unknown>[] } };
      return Response.Templates.map(({ TemplateId, Description }) => [TemplateId, Description]);
    };
    // Behind by the create, the removal and the second template.
    expect(await read()).to.deep.equal([[TemplateId, "new"]]);
    expect(await read()).to.deep.equal([
      [TemplateId + 1, ""],
      [TemplateId + 2, ""],
    ]);
  });

  it("stale: as of before several writes to one template", async () => {
    const { TemplateId } = emulator.putTemplate({ ...TEMPLATE, Description: "first" });
    emulator.patchTemplate(TemplateId, { Description: "second" });
    emulator.patchTemplate(TemplateId, { Description: "third" });
    emulator.addFault({ kind: "stale", writes: 2 });
    expect(await (await send(emulator, LIST)).text()).to.include('"Description":"first"');
  });

  it("skip, action, times: strikes the calls it is meant for", async () => {
    emulator.addFault({ kind: "error", code: "InternalError", action: CREATE, skip: 1, times: 1 });
    expect(await codeOf(emulator, LIST)).to.equal(undefined);
    expect([await create(), await create(), await create()]).to.deep.equal([undefined, "InternalError", undefined]);
    emulator.addFault({ kind: "error", code: "InternalError", times: "always" });
    for (let n = 0; n < 5; n++) expect(await codeOf(emulator, LIST)).to.equal("InternalError");
    emulator.clearFaults();
    expect(await codeOf(emulator, LIST)).to.equal(undefined);
  });

  it("strikes in the order in which faults were added, one failure a call", async () => {
    emulator.addFault({ kind: "error", code: "A" });
    emulator.addFault({ kind: "error", code: "B" });
    expect([await create(), await create(), await create()]).to.deep.equal(["A", "B", undefined]);
  });

  it("spares calls that the gateway refuses", async () => {
    emulator.addFault({ kind: "error", code: "A" });
    expect(await codeOf(emulator, LIST, { Bogus: 1 })).to.equal("UnknownParameter");
    expect(await codeOf(emulator, LIST)).to.equal("A");
  });

  it("records what struck a call", async () => {
    emulator.addFault({ kind: "error", code: "A" });
    emulator.addFault({ kind: "reset" });
    emulator.addFault({ kind: "reset", applied: true });
    for (let n = 0; n < 4; n++) await outcome();
    const call = { action: CREATE, request: TEMPLATE };
    expect(emulator.callRecord()).to.deep.equal([
      { ...call, code: "A", fault: "error", prevented: true },
      { ...call, fault: "reset", prevented: true },
      { ...call, fault: "reset" },
      call,
    ]);
  });

  it("can be there from the start, and a bad one is an error", async () => {
    const broken = await startForTest({ faults: [{ kind: "error", code: "A", action: LIST }] });
    expect(await codeOf(broken, LIST)).to.equal("A");
    expect(() => emulator.addFault({ kind: "error", code: "" })).to.throw("code");
    expect(() => emulator.addFault({ kind: "nonsense" } as never)).to.throw("kind");
    expect(() => emulator.addFault({ kind: "latency", ms: 2 ** 31 })).to.throw("ms");
  });

  it("waits for every call by its latency, many at once, and closes while calls wait", async () => {
    const slow = await startForTest({ latencyMs: 100 });
    const begun = performance.now();
    await Promise.all(Array.from({ length: 30 }, () => codeOf(slow, LIST)));
    expect(performance.now() - begun).to.be.within(99, 2900);
    slow.addFault({ kind: "latency", ms: 1_000_000, action: CREATE });
    const waiting = send(slow, CREATE, TEMPLATE).then(
      () => "answered",
      () => "dropped",
    );
    await codeOf(slow, LIST);
    await slow.close();
    expect(await waiting).to.equal("dropped");
    expect(slow.state().templates).to.deep.equal([]);
  });
});
