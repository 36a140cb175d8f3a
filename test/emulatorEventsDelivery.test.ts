import { expect } from "chai";
import type { Emulator, EmulatorOptions, EventName, StreamEvent } from "../emulator";
import { eventNames } from "../emulator/events/eventKinds";
import { type CallbackEvent, createCallbackHandler, toNodeHandler } from "../sdk/receiver";
import { startForTest } from "./emulatorClient";
import { allUrls, Hooks } from "./support/hooks";
import { ManualTimer } from "./support/receiver";

const DOMAIN = "push.example.com";
const KEY = "CallbackKey1";
const NOW = Date.UTC(2025, 0, 2, 3, 4, 5);
const MINUTE = 60_000;

describe("the delivery of the emulator's events", () => {
  let emulator: Emulator;
  let hooks: Hooks;
  let now = NOW;
  const start = async (options: EmulatorOptions = {}, receiver = Hooks.start()) => {
    now = NOW;
    emulator = await startForTest({ clock: () => now, ...options });
    hooks = await receiver;
    const { TemplateId } = emulator.putTemplate({ TemplateName: "a", CallbackKey: KEY, ...allUrls(hooks.url) });
    emulator.putRule({ DomainName: DOMAIN, TemplateId });
  };
  const send = (event: Partial<StreamEvent> = {}) =>
    emulator.sendEvent({ event: "streamBegin", domainName: DOMAIN, ...event });
  /** Moves the clock, and makes the attempts that are due then. */
  const pass = (ms: number) => {
    now += ms;
    return emulator.deliverDue();
  };

  it("brings every event exactly once to a handler that was down for some minutes", async () => {
    const handled: CallbackEvent[] = [];
    const callbacks = createCallbackHandler({ key: KEY, clock: () => now, onEvent: (event) => handled.push(event) });
    await start({}, Hooks.start(toNodeHandler(callbacks)));
    await hooks.stop();
    for (const event of eventNames) {
      expect(await send({ event }), event).to.include({
        outcome: "retrying",
        reason: `nothing listens at 127.0.0.1:${hooks.port}`,
        nextAttempt: new Date(NOW + (event === "snapshot" ? 2 : 1) * MINUTE).toISOString(),
      });
    }
    for (let minute = 1; minute <= 4; minute++) await pass(MINUTE);
    expect(handled).to.deep.equal([]);
    await hooks.start();
    for (let minute = 5; minute <= 20; minute++) await pass(MINUTE);
    expect(handled.map(({ type }) => type)).to.have.members(eventNames);
    expect(handled).to.have.length(9);
    expect(emulator.deliveries().map(({ outcome, attempts }) => [outcome, attempts.length])).to.deep.equal(
      eventNames.map((event) => ["delivered", event === "snapshot" ? 4 : 6]),
    );
  });

  it("brings an event again whose answer was lost, and the handler sees it once", async () => {
    const handled: CallbackEvent[] = [];
    const callbacks = createCallbackHandler({ key: KEY, clock: () => now, onEvent: (event) => handled.push(event) });
    const handler = toNodeHandler(callbacks);
    let lost = 0;
    const loseOne = Hooks.start((request, response) => {
      if (lost++ === 0) response.end = () => request.socket.destroy() && response;
      void handler(request, response);
    });
    await start({}, loseOne);
    expect(await send()).to.include({ outcome: "retrying" });
    expect((await pass(MINUTE)).map(({ outcome }) => outcome)).to.deep.equal(["delivered"]);
    expect([lost, handled.length]).to.deep.equal([2, 1]);
  });

  const documented: [event: EventName, retries: number, minutes: number][] = [
    ["streamBegin", 12, 1],
    ["streamEnd", 12, 1],
    ["record", 12, 1],
    ["pornCensorship", 12, 1],
    ["snapshot", 5, 2],
  ];
  const undocumented: EventName[] = ["recordStatus", "audioAudit", "pushException", "recordException"];
  /** How often an event arrives, tried at the interval until it is given up. */
  const attempts = async (event: EventName, intervalMs: number) => {
    hooks.answer = { status: 503 };
    hooks.arrivals.length = 0;
    await send({ event });
    expect(await pass(intervalMs - 1)).to.deep.equal([]);
    for (now += 1; (await emulator.deliverDue()).length > 0; now += intervalMs);
    expect(emulator.deliveries().at(-1)).to.include({ outcome: "failed" }).and.not.have.property("nextAttempt");
    return hooks.arrivals.length;
  };

  for (const [event, retries, minutes] of documented) {
    it(`is tried ${retries} times more, ${minutes} min apart: ${event}`, async () => {
      await start();
      expect(await attempts(event, minutes * MINUTE)).to.equal(1 + retries);
    });
  }

  it("is tried as the dialect says for events whose retries are not documented", async () => {
    for (const [undocumentedRetries, count, minutes] of [
      ["push", 13, 1],
      ["screenshot", 6, 2],
      ["newer", 3, 1],
      ["none", 1, 1],
    ] as const) {
      await start({ dialect: { undocumentedRetries } });
      for (const event of undocumented) expect(await attempts(event, minutes * MINUTE), event).to.equal(count);
    }
  });

  it("keeps t and sign in retries, or renews them by dialect", async () => {
    for (const [retrySignature, later] of [
      ["kept", 0],
      ["renewed", 60],
    ] as const) {
      await start({ dialect: { retrySignature } });
      hooks.answer = { status: 500 };
      await send();
      await pass(MINUTE);
      const [first, second] = hooks.bodies;
      expect(Number(second?.["t"]) - Number(first?.["t"]), retrySignature).to.equal(later);
      expect(second?.["sign"] === first?.["sign"]).to.equal(later === 0);
      const { t: _t, sign: _sign, ...content } = second ?? {};
      expect(first).to.deep.include(content);
    }
  });

  it("counts only status 200 as an answer", async () => {
    await start();
    for (const status of [201, 204, 302, 400, 500]) {
      hooks.answer = { status };
      expect(await send(), `${status}`).to.include({
        outcome: "retrying",
        reason: `answered with status ${status}; only 200 counts`,
      });
    }
    hooks.answer = { status: 200, body: "anything" };
    expect((await send()).outcome).to.equal("delivered");
  });

  it("does not follow a redirect", async () => {
    await start();
    for (const status of [301, 302, 307, 308]) {
      hooks.answer = { status, headers: { location: `${hooks.url}/elsewhere` } };
      expect((await send()).attempts[0], `${status}`).to.include({ status });
    }
    expect(new Set(hooks.arrivals.map(({ path }) => path))).to.deep.equal(new Set(["/streamBegin"]));
  });

  it("waits 20 s for the answer, and 5 s for that to a push error where the dialect says so", async () => {
    for (const [pushExceptionTimeout, event, seconds] of [
      ["general", "streamBegin", 20],
      ["general", "pushException", 20],
      ["payload", "streamBegin", 20],
      ["payload", "pushException", 5],
    ] as const) {
      const manual = new ManualTimer();
      const waits: number[] = [];
      const timer = (ms: number, expired: () => void) => {
        waits.push(ms);
        return manual.timer(ms, expired);
      };
      await start({ timer, dialect: { pushExceptionTimeout } });
      hooks.answer = "nothing";
      const arrived = hooks.next();
      const sent = send({ event });
      await arrived;
      expect(waits).to.deep.equal([seconds * 1000]);
      now += seconds * 1000;
      manual.expire();
      const { attempts, ...outcome } = await sent;
      expect(outcome).to.include({
        outcome: "retrying",
        reason: `no answer within ${seconds} s`,
        // The minute runs from the end of the attempt.
        nextAttempt: new Date(NOW + seconds * 1000 + MINUTE).toISOString(),
      });
      expect(attempts).to.deep.equal([
        {
          at: new Date(NOW).toISOString(),
          durationMs: seconds * 1000,
          body: "",
          failure: `no answer within ${seconds} s`,
        },
      ]);
    }
  });

  it("takes an answer that breaks off for none", async () => {
    const halves = Hooks.start((_request, response) => {
      response.writeHead(200, { "content-length": "10" }).write("half", () => response.socket?.destroy());
    });
    await start({}, halves);
    expect(await send()).to.include({ outcome: "retrying", reason: "the connection broke within the answer" });
  });

  it("keeps no more than the begin of a large answer", async () => {
    await start();
    hooks.answer = { status: 200, body: "é".repeat(1_000_000) };
    const { outcome, attempts } = await send();
    expect([outcome, attempts[0]?.body]).to.deep.equal(["delivered", "é".repeat(1000)]);
  });

  it("tries again by itself when the time has come", async () => {
    const manual = new ManualTimer();
    const waits: number[] = [];
    const timer = (ms: number, expired: () => void) => {
      // The others are time-outs.
      if (ms !== 20_000) waits.push(ms);
      return manual.timer(ms, expired);
    };
    await start({ timer });
    hooks.answer = { status: 500 };
    await send({ streamName: "first" });
    await pass(MINUTE / 2);
    await send({ streamName: "second" });
    expect([waits, hooks.arrivals.length]).to.deep.equal([[MINUTE], 2]);
    hooks.answer = { status: 200 };
    for (const streamName of ["first", "second"]) {
      const arrived = hooks.next();
      now += MINUTE / 2;
      manual.expire();
      await arrived;
      expect(hooks.bodies.at(-1)).to.include({ stream_id: streamName });
      // The answer is still to come in, before the next time-out is let pass.
      await emulator.deliverDue();
    }
    // The second was due half a minute after the first.
    expect(waits).to.deep.equal([MINUTE, MINUTE / 2]);
    expect(emulator.deliveries().map(({ outcome }) => outcome)).to.deep.equal(["delivered", "delivered"]);
    expect(manual.waiting).to.deep.equal([]);
  });

  it("uses a connection of its own for each attempt, so that none is sent into one that has gone", async () => {
    await start();
    await send();
    expect(hooks.arrivals[0]?.headers).to.include({ connection: "close" });
  });

  it("goes on to the URL and with the key of the event's time, whatever becomes of the template", async () => {
    await start();
    hooks.answer = { status: 500 };
    await send();
    emulator.removeRule(DOMAIN);
    emulator.patchTemplate(emulator.state().templates[0]?.TemplateId ?? 0, { CallbackKey: "other" });
    expect(await pass(MINUTE)).to.have.length(1);
    expect(hooks.bodies[1]).to.deep.equal(hooks.bodies[0]);
  });

  it("ends with the emulator, and with a reset", async () => {
    await start();
    hooks.answer = { status: 500 };
    await send();
    emulator.reset();
    expect([await pass(MINUTE), emulator.deliveries()]).to.deep.equal([[], []]);
    await start();
    hooks.answer = "nothing";
    const arrived = hooks.next();
    const sent = send();
    await arrived;
    expect(emulator.deliveries()).to.have.length(1);
    expect(emulator.deliveries()[0]).to.include({ outcome: "underWay" });
    await emulator.close();
    expect(await sent).to.include({ outcome: "failed" });
    expect(await pass(MINUTE)).to.deep.equal([]);
  });

  it("loses none of many events at once", async () => {
    await start();
    const events = Array.from({ length: 300 }, (_, index) => send({ streamName: `stream-${index}` }));
    const outcomes = (await Promise.all(events)).map(({ outcome }) => outcome);
    expect(new Set(outcomes)).to.deep.equal(new Set(["delivered"]));
    expect(new Set(hooks.bodies.map((body) => body["stream_id"]))).to.have.property("size", 300);
  });
});
