import { expect } from "chai";
import { type EmulatorOptions, startEmulator, type Timer } from "../../../emulator";
import { codeOf, send, startForTest, useEmulator } from "../../support/emulatorClient";
import { startedByTest } from "../../support/lifetime";
import { ManualTimer } from "../../support/receiver";

const CREATE = "CreateLiveCallbackTemplate";
const LIST = "DescribeLiveCallbackTemplates";
const TEMPLATE = { TemplateName: "a", RecordNotifyUrl: "https://hooks.example.com/" };

describe("a fault of the emulator", () => {
  const emulator = useEmulator();

  const create = () => codeOf(emulator, CREATE, TEMPLATE);
  const made = () => emulator.state().templates.length;
  /** Returns how an HTTP call ends: with a text, or with an error of the connection. */
  const outcome = async () => {
    const response = await send(emulator, CREATE, TEMPLATE).catch(() => undefined);
    if (!response) return "no response";
    return response.text().then(
      (text) => `${response.status} ${response.headers.get("content-type")} ${text}`,
      () => `${response.status} cut off`,
    );
  };

  it("returns an error for its number of calls, and then lets the action run again", async () => {
    emulator.addFault({ kind: "error", action: CREATE, code: "RequestLimitExceeded", times: 2 });
    expect([await create(), await create(), made()]).to.deep.equal(["RequestLimitExceeded", "RequestLimitExceeded", 0]);
    expect([await create(), made()]).to.deep.equal([undefined, 1]);
  });

  it("returns an error although the action took effect, if it is applied", async () => {
    emulator.addFault({ kind: "error", code: "InternalError", applied: true });
    expect([await create(), made()]).to.deep.equal(["InternalError", 1]);
  });

  it("responds with another HTTP status, before or after the effect", async () => {
    emulator.addFault({ kind: "status", status: 500 });
    expect(await outcome()).to.match(/^500 text\/html /);
    expect(made()).to.equal(0);
    emulator.addFault({ kind: "status", status: 502, applied: true });
    expect(await outcome()).to.match(/^502 text\/html /);
    expect(made()).to.equal(1);
  });

  it("resets the connection without a response, before or after the effect", async () => {
    emulator.addFault({ kind: "reset" });
    expect([await outcome(), made()]).to.deep.equal(["no response", 0]);
    emulator.addFault({ kind: "reset", applied: true });
    expect([await outcome(), made()]).to.deep.equal(["no response", 1]);
  });

  it("ends the connection in the middle of the response, after the effect", async () => {
    emulator.addFault({ kind: "resetMidBody" });
    expect([await outcome(), made()]).to.deep.equal(["200 cut off", 1]);
  });

  it("responds with half of the JSON in a complete HTTP response, after the effect", async () => {
    emulator.addFault({ kind: "truncated" });
    const text = await outcome();
    expect(text).to.match(/^200 application\/json \{"Response":\{"Te/);
    expect(() => JSON.parse(text.slice("200 application/json ".length))).to.throw(SyntaxError);
    expect(made()).to.equal(1);
  });

  it("responds with a page instead of JSON, after the effect", async () => {
    emulator.addFault({ kind: "contentType" });
    emulator.addFault({ kind: "contentType", contentType: "text/plain", applied: false });
    expect(await outcome()).to.match(/^200 text\/html <!doctype html>/);
    expect(await outcome()).to.match(/^200 text\/plain /);
    expect(made()).to.equal(1);
  });

  describe("of latency", () => {
    const manual = new ManualTimer();
    /** The waits that the emulator has begun, in milliseconds. */
    const waits: number[] = [];
    /** Called when a wait begins. */
    let began = (): void => {};
    const [slow, start] = startedByTest((options: EmulatorOptions) => {
      waits.length = 0;
      const timer: Timer = (ms, expired) => {
        waits.push(ms);
        began();
        return manual.timer(ms, expired);
      };
      return startEmulator({ ...options, timer });
    });
    /** Resolves when the emulator has begun `count` waits. */
    const waiting = (count: number) =>
      new Promise<void>((resolve) => {
        began = () => void (waits.length >= count && resolve());
        began();
      });

    it("delays the effect of an action, or, if it is applied, only its response", async () => {
      await start({});
      slow.addFault({ kind: "latency", ms: 250, action: CREATE });
      slow.addFault({ kind: "latency", ms: 150, action: CREATE, skip: 1, applied: true });
      const templates = () => slow.state().templates.length;
      for (const [count, during] of [
        [1, 0],
        [2, 2],
      ] as const) {
        let responded = false;
        const created = codeOf(slow, CREATE, TEMPLATE).then(() => {
          responded = true;
        });
        await waiting(count);
        await codeOf(slow, LIST);
        expect([responded, templates()]).to.deep.equal([false, during]);
        manual.expire();
        await created;
        expect(templates()).to.equal(count);
      }
      expect(waits).to.deep.equal([250, 150]);
    });

    it("is not needed to delay every call, and many calls wait at the same time", async () => {
      await start({ latencyMs: 100 });
      const calls = Array.from({ length: 30 }, () => codeOf(slow, LIST));
      await waiting(30);
      manual.expire();
      expect(await Promise.all(calls)).to.deep.equal(Array(30).fill(undefined));
      expect(waits).to.deep.equal(Array(30).fill(100));
    });

    it("drops the waiting call without an effect when the emulator closes", async () => {
      await start({});
      slow.addFault({ kind: "latency", ms: 1_000_000, action: CREATE });
      const dropped = send(slow, CREATE, TEMPLATE).then(
        () => "responded",
        () => "dropped",
      );
      await waiting(1);
      const reported: unknown[] = [];
      const { error } = console;
      console.error = (line: unknown) => reported.push(line);
      try {
        await slow.close();
        expect(await dropped).to.equal("dropped");
      } finally {
        console.error = error;
      }
      expect(reported).to.deep.equal([]);
      expect(slow.state().templates).to.deep.equal([]);
    });
  });

  it("returns a list from before some writes, and affects no other action", async () => {
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
    // Lacks the create, the removal and the second template.
    expect(await read()).to.deep.equal([[TemplateId, "new"]]);
    expect(await read()).to.deep.equal([
      [TemplateId + 1, ""],
      [TemplateId + 2, ""],
    ]);
  });

  it("returns a list from before several writes to one template", async () => {
    const { TemplateId } = emulator.putTemplate({ ...TEMPLATE, Description: "first" });
    emulator.patchTemplate(TemplateId, { Description: "second" });
    emulator.patchTemplate(TemplateId, { Description: "third" });
    emulator.addFault({ kind: "stale", writes: 2 });
    expect(await (await send(emulator, LIST)).text()).to.include('"Description":"first"');
  });

  it("affects only the calls that its action, skip and times select", async () => {
    emulator.addFault({ kind: "error", code: "InternalError", action: CREATE, skip: 1, times: 1 });
    expect(await codeOf(emulator, LIST)).to.equal(undefined);
    expect([await create(), await create(), await create()]).to.deep.equal([undefined, "InternalError", undefined]);
    emulator.addFault({ kind: "error", code: "InternalError", times: "always" });
    for (let n = 0; n < 5; n++) expect(await codeOf(emulator, LIST)).to.equal("InternalError");
    emulator.clearFaults();
    expect(await codeOf(emulator, LIST)).to.equal(undefined);
  });

  it("takes effect in the order in which faults were added, one for each call", async () => {
    emulator.addFault({ kind: "error", code: "A" });
    emulator.addFault({ kind: "error", code: "B" });
    expect([await create(), await create(), await create()]).to.deep.equal(["A", "B", undefined]);
  });

  it("does not affect calls that the gateway rejects", async () => {
    emulator.addFault({ kind: "error", code: "A" });
    expect(await codeOf(emulator, LIST, { Bogus: 1 })).to.equal("UnknownParameter");
    expect(await codeOf(emulator, LIST)).to.equal("A");
  });

  it("is recorded with the call that it affected", async () => {
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

  it("can be active from the start, and is rejected if it is malformed", async () => {
    const broken = await startForTest({ faults: [{ kind: "error", code: "A", action: LIST }] });
    expect(await codeOf(broken, LIST)).to.equal("A");
    expect(() => emulator.addFault({ kind: "error", code: "" })).to.throw("code");
    expect(() => emulator.addFault({ kind: "nonsense" } as never)).to.throw("kind");
    expect(() => emulator.addFault({ kind: "latency", ms: 2 ** 31 })).to.throw("ms");
  });
});
