import { createHash } from "node:crypto";
import { expect } from "chai";
import type { EventName } from "../../../emulator";
import { buildPayload, signedPayload } from "../../../emulator/events/payloads";
import { completeEvent } from "../../../emulator/events/streamEvent";
import { CALLBACK_EVENT_NAMES as eventNames } from "../../../provider/api/contract/events";
import { CALLBACK_EVENT_TYPES, parseCallback, verifyCallback } from "../../../receiver";
import { DOMAIN, EventWorld, KEY, NOW } from "../../support/emulator/eventWorld";
import * as samples from "../../support/receiverSamples";

/** Returns the names and types of a value's members at every level, and of each list's first member. */
function shapeOf(value: unknown): unknown {
  if (value === null) return "null";
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== "object") return typeof value;
  const members = Object.entries(value).map(([name, member]) => [name, shapeOf(member)] as const);
  return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const sampleOf = new Map<string, object>(Object.entries(samples));

/** Returns the published sample without its signature, and with the documented spelling of `score`. */
function published(event: EventName): object {
  const { t: _t, sign: _sign, ...payload } = sampleOf.get(event) as Record<string, unknown>;
  return JSON.parse(JSON.stringify(payload).replace('"socre"', '"score"'));
}

describe("events of the emulator", () => {
  const world = new EventWorld();

  describe("the payload", () => {
    for (const event of eventNames) {
      it(`has the fields and types of the published sample: ${event}`, () => {
        const complete = completeEvent({ event, domainName: DOMAIN });
        expect(shapeOf(buildPayload(complete, { now: NOW }))).to.deep.equal(shapeOf(published(event)));
      });
    }

    it("has the number that the receiver has for the event", () => {
      for (const event of eventNames) {
        const payload = buildPayload(completeEvent({ event, domainName: DOMAIN }), { now: NOW });
        expect(payload["event_type"], event).to.equal(CALLBACK_EVENT_TYPES[event]);
      }
      expect(eventNames).to.have.members(Object.keys(CALLBACK_EVENT_TYPES));
    });

    it("is signed by the published rule", () => {
      const { t, sign } = signedPayload({}, "Xz4ZgayTr7rMgWQrH", (1588040109 - 600) * 1000 + 999);
      expect({ t, sign }).to.deep.equal({ t: 1588040109, sign: "a2dabb362a9b811c0e26953a6276a41c" });
    });

    it("contains the stream and the time, and differs for each event", async () => {
      await world.start();
      world.bind();
      for (const event of eventNames) {
        const stream = { event, appName: "app", streamName: "one" };
        expect((await world.send(stream)).outcome, event).to.equal("delivered");
        await world.send(stream);
      }
      const events = world.hooks.bodies.map((body) => parseCallback(body));
      expect(new Set(events.map(({ id }) => id))).to.have.property("size", 18);
      for (const event of events) {
        expect(event, event.type).to.include({ domainName: DOMAIN, streamId: "one", type: event.type });
        expect(event.appName, event.type).to.equal("app");
      }
      expect(events[0]).to.deep.include({ eventTime: Math.floor(NOW / 1000) });
    });

    it("has one sequence in the begin, error and end events of a push, and its duration at the end", async () => {
      await world.start();
      world.bind();
      await world.send();
      world.now += 61_000;
      await world.send({ event: "pushException" });
      await world.send({ event: "streamEnd" });
      await world.send({ event: "streamEnd" });
      const [begin, error, end, other] = world.hooks.bodies;
      expect([error?.["sequence"], end?.["sequence"]]).to.deep.equal([begin?.["sequence"], begin?.["sequence"]]);
      expect(end?.["push_duration"]).to.equal("61000");
      expect(other?.["sequence"]).to.not.equal(begin?.["sequence"]);
      await world.send();
      world.emulator.reset();
      world.bind();
      await world.send({ event: "streamEnd" });
      expect(world.hooks.bodies[5]?.["sequence"]).to.not.equal(world.hooks.bodies[4]?.["sequence"]);
    });

    it("can have other values than the sample", async () => {
      await world.start();
      world.bind({ CallbackKey: KEY });
      const { payload } = await world.send({ fields: { errcode: 7, later: { added: true }, sign: "wrong" } });
      expect(payload).to.deep.include({ errcode: 7, later: { added: true }, sign: "wrong", errmsg: "ok" });
    });
  });

  describe("the message", () => {
    it("is verified by the receiver if the template has a key", async () => {
      await world.start();
      world.bind({ CallbackKey: KEY });
      for (const event of eventNames) await world.send({ event });
      const t = Math.floor(NOW / 1000) + 600;
      for (const body of world.hooks.bodies) {
        expect(body).to.include({ t, sign: createHash("md5").update(`${KEY}${t}`).digest("hex") });
        verifyCallback(body, { key: KEY, clock: () => world.now, leewaySeconds: 0 });
      }
    });

    it("is not signed if the template has no key, or signed with an empty key by dialect", async () => {
      await world.start();
      world.bind();
      await world.send();
      expect(world.hooks.bodies[0]).to.not.have.any.keys("t", "sign");
      await world.start({ dialect: { unkeyedEvents: "emptyKey" } });
      world.bind();
      await world.send();
      const t = Math.floor(NOW / 1000) + 600;
      expect(world.hooks.bodies[0]).to.include({ sign: createHash("md5").update(String(t)).digest("hex") });
    });

    it("has the content type JSON, or by dialect plain text or none", async () => {
      const types: unknown[] = [];
      for (const callbackContentType of ["json", "text", "none"] as const) {
        await world.start({ dialect: { callbackContentType } });
        world.bind();
        await world.send();
        types.push(world.hooks.arrivals[0]?.headers["content-type"]);
      }
      expect(types).to.deep.equal(["application/json", "text/plain", undefined]);
    });
  });
});
