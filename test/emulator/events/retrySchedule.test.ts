import { expect } from "chai";
import type { EventName } from "../../../emulator";
import { CALLBACK_EVENT_NAMES as eventNames } from "../../../provider/api/contract/events";
import { type CallbackEvent, createCallbackHandler, toNodeHandler } from "../../../receiver";
import { DOMAIN, EventWorld, KEY, NOW } from "../../support/emulator/eventWorld";
import { Hooks } from "../../support/hooks";
import { ManualTimer } from "../../support/receiver";

const MINUTE = 60_000;

describe("an event of the emulator", () => {
  const world = new EventWorld();

  it("is handled exactly once by a handler that was down for some minutes, whatever its kind", async () => {
    const handled: CallbackEvent[] = [];
    const callbacks = createCallbackHandler({
      key: KEY,
      clock: () => world.now,
      onEvent: (event) => handled.push(event),
    });
    await world.startBound({}, Hooks.start(toNodeHandler(callbacks)));
    await world.hooks.stop();
    for (const event of eventNames) {
      expect(await world.send({ event }), event).to.include({
        outcome: "retrying",
        reason: `nothing listens at 127.0.0.1:${world.hooks.port}`,
        nextAttempt: new Date(NOW + (event === "snapshot" ? 2 : 1) * MINUTE).toISOString(),
      });
    }
    for (let minute = 1; minute <= 4; minute++) await world.pass(MINUTE);
    expect(handled).to.deep.equal([]);
    await world.hooks.start();
    for (let minute = 5; minute <= 20; minute++) await world.pass(MINUTE);
    expect(handled.map(({ type }) => type)).to.have.members(eventNames);
    expect(handled).to.have.length(9);
    expect(world.emulator.deliveries().map(({ outcome, attempts }) => [outcome, attempts.length])).to.deep.equal(
      eventNames.map((event) => ["delivered", event === "snapshot" ? 4 : 6]),
    );
  });

  for (const dialect of [
    { retrySignature: "kept", retrySendTime: "kept" },
    { retrySignature: "renewed", retrySendTime: "renewed" },
  ] as const) {
    it(`is sent again if its response is lost, and handled once: t and sendTime ${dialect.retrySendTime}`, async () => {
      const handled: CallbackEvent[] = [];
      const callbacks = createCallbackHandler({
        key: KEY,
        clock: () => world.now,
        onEvent: (event) => handled.push(event),
      });
      const handler = toNodeHandler(callbacks);
      let requests = 0;
      const loseFirst = Hooks.start((request, response) => {
        if (requests++ < eventNames.length) response.end = () => request.socket.destroy() && response;
        void handler(request, response);
      });
      await world.startBound({ dialect }, loseFirst);
      for (const event of eventNames) expect(await world.send({ event }), event).to.include({ outcome: "retrying" });
      await world.pass(2 * MINUTE);
      expect(world.emulator.deliveries().map(({ outcome }) => outcome)).to.deep.equal(
        eventNames.map(() => "delivered"),
      );
      expect(handled.map(({ type }) => type)).to.deep.equal(eventNames);
    });
  }

  const documented: [event: EventName, retries: number, minutes: number][] = [
    ["streamBegin", 12, 1],
    ["streamEnd", 12, 1],
    ["record", 12, 1],
    ["pornCensorship", 12, 1],
    ["snapshot", 5, 2],
  ];
  const undocumented: EventName[] = ["recordStatus", "audioAudit", "pushException", "recordException"];
  /** Returns how many times an event is sent if it is repeated at the interval until it has failed. */
  const attempts = async (event: EventName, intervalMs: number) => {
    world.hooks.response = { status: 503 };
    world.hooks.arrivals.length = 0;
    await world.send({ event });
    expect(await world.pass(intervalMs - 1)).to.deep.equal([]);
    for (world.now += 1; (await world.emulator.deliverDue()).length > 0; world.now += intervalMs);
    expect(world.emulator.deliveries().at(-1)).to.include({ outcome: "failed" }).and.not.have.property("nextAttempt");
    return world.hooks.arrivals.length;
  };

  for (const [event, retries, minutes] of documented) {
    it(`is sent again ${retries} times, ${minutes} min apart: ${event}`, async () => {
      await world.startBound();
      expect(await attempts(event, minutes * MINUTE)).to.equal(1 + retries);
    });
  }

  it("is sent again by dialect if its retries are not documented", async () => {
    for (const [undocumentedRetries, count, minutes] of [
      ["push", 13, 1],
      ["screenshot", 6, 2],
      ["newer", 3, 1],
      ["none", 1, 1],
    ] as const) {
      await world.startBound({ dialect: { undocumentedRetries } });
      for (const event of undocumented) expect(await attempts(event, minutes * MINUTE), event).to.equal(count);
    }
  });

  it("keeps t and sign in retries, or renews them by dialect", async () => {
    for (const [retrySignature, later] of [
      ["kept", 0],
      ["renewed", 60],
    ] as const) {
      await world.startBound({ dialect: { retrySignature } });
      world.hooks.response = { status: 500 };
      await world.send();
      await world.pass(MINUTE);
      const [first, second] = world.hooks.bodies;
      expect(Number(second?.["t"]) - Number(first?.["t"]), retrySignature).to.equal(later);
      expect(second?.["sign"] === first?.["sign"]).to.equal(later === 0);
      const { t: _t, sign: _sign, ...content } = second ?? {};
      expect(first).to.deep.include(content);
    }
  });

  it("keeps sendTime in retries of image moderation, or renews it by dialect", async () => {
    for (const [retrySendTime, later] of [
      ["kept", 0],
      ["renewed", 60],
    ] as const) {
      await world.startBound({ dialect: { retrySendTime } });
      world.hooks.response = { status: 500 };
      await world.send({ event: "pornCensorship" });
      await world.pass(MINUTE);
      const [first, second] = world.hooks.bodies;
      expect(Number(second?.["sendTime"]) - Number(first?.["sendTime"]), retrySendTime).to.equal(later);
      expect({ ...second, sendTime: 0 }).to.deep.equal({ ...first, sendTime: 0 });
    }
  });

  it("is sent again automatically when it is due", async () => {
    const manual = new ManualTimer();
    const waits: number[] = [];
    const timer = (ms: number, expired: () => void) => {
      // The other timers are time-outs.
      if (ms !== 20_000) waits.push(ms);
      return manual.timer(ms, expired);
    };
    await world.startBound({ timer });
    world.hooks.response = { status: 500 };
    await world.send({ streamName: "first" });
    await world.pass(MINUTE / 2);
    await world.send({ streamName: "second" });
    expect([waits, world.hooks.arrivals.length]).to.deep.equal([[MINUTE], 2]);
    world.hooks.response = { status: 200 };
    for (const streamName of ["first", "second"]) {
      const arrived = world.hooks.next();
      world.now += MINUTE / 2;
      manual.expire();
      await arrived;
      expect(world.hooks.bodies.at(-1)).to.include({ stream_id: streamName });
      // Waits for the response before the next timer expires.
      await world.emulator.deliverDue();
    }
    // The second was due half a minute after the first.
    expect(waits).to.deep.equal([MINUTE, MINUTE / 2]);
    expect(world.emulator.deliveries().map(({ outcome }) => outcome)).to.deep.equal(["delivered", "delivered"]);
    expect(manual.waiting).to.deep.equal([]);
  });

  it("is sent again with the original URL and key, even if the template is changed and unbound", async () => {
    await world.startBound();
    world.hooks.response = { status: 500 };
    await world.send();
    world.emulator.removeRule(DOMAIN);
    world.emulator.patchTemplate(world.emulator.state().templates[0]?.TemplateId ?? 0, { CallbackKey: "other" });
    expect(await world.pass(MINUTE)).to.have.length(1);
    expect(world.hooks.bodies[1]).to.deep.equal(world.hooks.bodies[0]);
  });
});
