import { createHash } from "node:crypto";
import { expect } from "chai";
import { type Emulator, type EmulatorOptions, type EventName, type StreamEvent, startEmulator } from "../emulator";
import { eventNames } from "../emulator/events/eventKinds";
import { signedPayload } from "../emulator/events/signature";
import { buildPayload, completeEvent } from "../emulator/events/streamEvent";
import { targetOf } from "../emulator/events/target";
import { CALLBACK_EVENT_TYPES, parseCallback, verifyCallback } from "../sdk/receiver";
import { startForTest } from "./emulatorClient";
import { allUrls, Hooks } from "./support/hooks";
import * as samples from "./support/receiverSamples";

const DOMAIN = "push.example.com";
const KEY = "CallbackKey1";
const NOW = Date.UTC(2025, 0, 2, 3, 4, 5, 678);

/** The names and types of a value's members at every level, and of each list's first member. */
function shapeOf(value: unknown): unknown {
  if (value === null) return "null";
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== "object") return typeof value;
  const members = Object.entries(value).map(([name, member]) => [name, shapeOf(member)] as const);
  return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const sampleOf = new Map<string, object>(Object.entries(samples));

/** The published sample without its signature, and with the table's spelling of a field that the sample misspells. */
function published(event: EventName): object {
  const { t: _t, sign: _sign, ...payload } = sampleOf.get(event) as Record<string, unknown>;
  return JSON.parse(JSON.stringify(payload).replace('"socre"', '"score"'));
}

describe("events of the emulator", () => {
  let emulator: Emulator;
  let hooks: Hooks;
  let now = NOW;
  const start = async (options: EmulatorOptions = {}) => {
    now = NOW;
    emulator = await startForTest({ clock: () => now, ...options });
    hooks = await Hooks.start();
  };
  /** Makes a template with the URLs of all events, and binds it. */
  const bind = (fields: object = {}, DomainName = DOMAIN, AppName = "") => {
    const template = emulator.putTemplate({ TemplateName: "hooks", ...allUrls(hooks.url), ...fields });
    emulator.putRule({ DomainName, AppName, TemplateId: template.TemplateId });
    return template.TemplateId;
  };
  const send = (event: Partial<StreamEvent> = {}) =>
    emulator.sendEvent({ event: "streamBegin", domainName: DOMAIN, ...event });

  describe("their payloads", () => {
    for (const event of eventNames) {
      it(`have the fields and types of the published sample: ${event}`, () => {
        const complete = completeEvent({ event, domainName: DOMAIN });
        expect(shapeOf(buildPayload(complete, { now: NOW }))).to.deep.equal(shapeOf(published(event)));
      });
    }

    it("are numbered as the receiver knows them, which was written apart from this", () => {
      for (const event of eventNames) {
        const payload = buildPayload(completeEvent({ event, domainName: DOMAIN }), { now: NOW });
        expect(payload["event_type"], event).to.equal(CALLBACK_EVENT_TYPES[event]);
      }
      expect(eventNames).to.have.members(Object.keys(CALLBACK_EVENT_TYPES));
    });

    it("are signed by the published rule", () => {
      const { t, sign } = signedPayload({}, "Xz4ZgayTr7rMgWQrH", (1588040109 - 600) * 1000 + 999);
      expect({ t, sign }).to.deep.equal({ t: 1588040109, sign: "a2dabb362a9b811c0e26953a6276a41c" });
    });

    it("name the stream and the time, and make each event another one", async () => {
      await start();
      bind();
      for (const event of eventNames) {
        const stream = { event, appName: "app", streamName: "one" };
        expect((await send(stream)).outcome, event).to.equal("delivered");
        await send(stream);
      }
      const events = hooks.bodies.map((body) => parseCallback(body));
      expect(new Set(events.map(({ id }) => id))).to.have.property("size", 18);
      for (const event of events) {
        expect(event, event.type).to.include({ domainName: DOMAIN, streamId: "one", type: event.type });
        expect(event.appName, event.type).to.equal("app");
      }
      expect(events[0]).to.deep.include({ eventTime: Math.floor(NOW / 1000) });
    });

    it("carry one sequence for the begin, the errors and the end of a push, and its length at the end", async () => {
      await start();
      bind();
      await send();
      now += 61_000;
      await send({ event: "pushException" });
      await send({ event: "streamEnd" });
      await send({ event: "streamEnd" });
      const [begin, error, end, other] = hooks.bodies;
      expect([error?.["sequence"], end?.["sequence"]]).to.deep.equal([begin?.["sequence"], begin?.["sequence"]]);
      expect(end?.["push_duration"]).to.equal("61000");
      expect(other?.["sequence"]).to.not.equal(begin?.["sequence"]);
      await send();
      emulator.reset();
      bind();
      await send({ event: "streamEnd" });
      expect(hooks.bodies[5]?.["sequence"]).to.not.equal(hooks.bodies[4]?.["sequence"]);
    });

    it("can have other values than the sample's", async () => {
      await start();
      bind({ CallbackKey: KEY });
      const { payload } = await send({ fields: { errcode: 7, later: { added: true }, sign: "wrong" } });
      expect(payload).to.deep.include({ errcode: 7, later: { added: true }, sign: "wrong", errmsg: "ok" });
    });
  });

  describe("their way", () => {
    it("leads each to the URL of its own", async () => {
      await start();
      bind();
      for (const event of eventNames) await send({ event });
      expect(hooks.arrivals.map(({ path }) => path.slice(1))).to.deep.equal(eventNames);
    });

    it("leads nowhere for a domain that is not bound, and leaves no trace", async () => {
      await start();
      bind({}, "other.example.com");
      const sent = await send();
      expect(sent).to.include({
        outcome: "noRule",
        reason: `no template is bound to ${DOMAIN} or its app live`,
      });
      expect([hooks.arrivals, emulator.deliveries()]).to.deep.equal([[], []]);
    });

    it("is the app's rule before the domain's, or the other way round by dialect", async () => {
      for (const [rulePrecedence, paths] of [
        ["app", ["/app", "/all"]],
        ["domain", ["/all", "/all"]],
      ] as const) {
        await start({ dialect: { rulePrecedence } });
        bind({ StreamBeginNotifyUrl: `${hooks.url}/all` });
        bind({ StreamBeginNotifyUrl: `${hooks.url}/app` }, DOMAIN.toUpperCase(), "live");
        await send();
        await send({ appName: "Live" });
        expect(hooks.arrivals.map(({ path }) => path)).to.deep.equal(paths);
      }
    });

    it("ends where the template has no URL for the event", async () => {
      await start();
      bind({ SnapshotNotifyUrl: "" });
      expect(await send({ event: "snapshot" })).to.include({
        outcome: "noUrl",
        reason: `the template "hooks" of ${DOMAIN} has no SnapshotNotifyUrl`,
      });
    });

    it("is open to recording exceptions of the chosen levels only, of errors where none are chosen", async () => {
      await start();
      const id = bind();
      const outcomes = async () => {
        const levels = ["info", "warning", "error"].map((exception_level) =>
          send({ event: "recordException", fields: { exception_level } }),
        );
        return (await Promise.all(levels)).map(({ outcome }) => outcome);
      };
      expect(await outcomes()).to.deep.equal(["levelNotChosen", "levelNotChosen", "delivered"]);
      emulator.patchTemplate(id, { RecordExceptionLevels: ["alarm", "info"] });
      expect(await outcomes()).to.deep.equal(["delivered", "delivered", "levelNotChosen"]);
    });

    it("follows a new rule, a changed template and a deleted rule only after the delay", async () => {
      await start({ bindingDelayMs: 300_000 });
      const id = bind({ StreamBeginNotifyUrl: `${hooks.url}/first` });
      expect(await send()).to.include({
        outcome: "noRule",
        reason: `no template is bound to ${DOMAIN} or its app live: the change that was made is not in effect yet`,
      });
      now += 299_999;
      expect((await send()).outcome).to.equal("noRule");
      now += 1;
      await send();
      emulator.patchTemplate(id, { StreamBeginNotifyUrl: `${hooks.url}/second` });
      await send();
      now += 300_000;
      await send();
      emulator.removeRule(DOMAIN);
      await send();
      now += 300_000;
      expect((await send()).outcome).to.equal("noRule");
      expect(hooks.arrivals.map(({ path }) => path)).to.deep.equal(["/first", "/first", "/second", "/second"]);
      bind();
      now += 300_000;
      expect((await send()).outcome).to.equal("delivered");
      emulator.reset();
      expect((await send()).reason).to.equal(`no template is bound to ${DOMAIN} or its app live`);
    });
  });

  describe("their messages", () => {
    it("are verified by the receiver where the template has a key", async () => {
      await start();
      bind({ CallbackKey: KEY });
      for (const event of eventNames) await send({ event });
      const t = Math.floor(NOW / 1000) + 600;
      for (const body of hooks.bodies) {
        expect(body).to.include({ t, sign: createHash("md5").update(`${KEY}${t}`).digest("hex") });
        verifyCallback(body, { key: KEY, clock: () => now, leewaySeconds: 0 });
      }
    });

    it("are not signed where it has none, or signed with an empty key by dialect", async () => {
      await start();
      bind();
      await send();
      expect(hooks.bodies[0]).to.not.have.any.keys("t", "sign");
      await start({ dialect: { unkeyedEvents: "emptyKey" } });
      bind();
      await send();
      const t = Math.floor(NOW / 1000) + 600;
      expect(hooks.bodies[0]).to.include({ sign: createHash("md5").update(String(t)).digest("hex") });
    });

    it("are JSON by their header, or by dialect plain text, or without that header", async () => {
      const types: unknown[] = [];
      for (const callbackContentType of ["json", "text", "none"] as const) {
        await start({ dialect: { callbackContentType } });
        bind();
        await send();
        types.push(hooks.arrivals[0]?.headers["content-type"]);
      }
      expect(types).to.deep.equal(["application/json", "text/plain", undefined]);
    });
  });

  describe("their target", () => {
    it("is never another machine, unless that is asked for", async () => {
      await start();
      bind({ StreamBeginNotifyUrl: "https://hooks.example.com/live?a=1" });
      expect(await send()).to.include({
        outcome: "notThisMachine",
        url: "https://hooks.example.com/live?a=1",
        reason:
          "not delivered: hooks.example.com is not on this machine; deliverTo names a receiver that takes its place",
      });
      expect(emulator.deliveries()).to.deep.equal([]);
      const url = "https://hooks.example.com/live?a=1";
      expect([targetOf(url, "thisMachine"), targetOf(url, "anywhere")?.href]).to.deep.equal([undefined, url]);
    });

    it("is the receiver that takes the place of every host, with the URL's own path and query", async () => {
      const receiver = await Hooks.start();
      await start({ deliverTo: receiver.url });
      bind({ StreamBeginNotifyUrl: "https://hooks.example.com/live?a=1" });
      expect(await send()).to.include({ outcome: "delivered", url: "https://hooks.example.com/live?a=1" });
      await send({ event: "record" });
      expect(receiver.arrivals.map(({ path }) => path)).to.deep.equal(["/live?a=1", "/record"]);
    });

    it("is refused at once where it is not the origin of a receiver", async () => {
      for (const deliverTo of ["nowhere", "http://127.0.0.1/path", "ftp://127.0.0.1", "http://a@127.0.0.1", ""]) {
        const error = await startEmulator({ deliverTo }).catch((reason: Error) => reason);
        expect(error, deliverTo).to.be.instanceOf(Error).and.have.property("message").that.includes(`"${deliverTo}"`);
      }
    });
  });

  describe("over HTTP", () => {
    const post = async (event: unknown) => {
      const answer = await fetch(`${emulator.url}/_emulator/events`, { method: "POST", body: JSON.stringify(event) });
      return [answer.status, await answer.json()] as [number, { outcome?: string; error?: string }];
    };

    it("happen by POST, which answers what became of them, and are listed by GET", async () => {
      await start();
      bind();
      const [status, { outcome }] = await post({ event: "record", domainName: DOMAIN });
      expect([status, outcome, hooks.arrivals.length]).to.deep.equal([200, "delivered", 1]);
      const listed = await (await fetch(`${emulator.url}/_emulator/events`)).json();
      expect(listed).to.deep.equal(JSON.parse(JSON.stringify(emulator.deliveries())));
      expect(listed).to.have.length(1);
    });

    it("are refused with a reason where they cannot be understood", async () => {
      await start();
      const wrong: [event: object, told: string][] = [
        [{ event: "streamBegun", domainName: DOMAIN }, "event"],
        [{ event: "record" }, "domainName"],
        [{ event: "record", domainName: "http://push.example.com" }, "must be a host name"],
        [{ event: "record", domainName: DOMAIN, app: "live" }, "app"],
      ];
      for (const [event, told] of wrong) {
        const [status, { error }] = await post(event);
        expect(status).to.equal(400);
        expect(error).to.include("this event cannot be understood").and.include(told);
        const thrown = await emulator.sendEvent(event as StreamEvent).catch((reason: Error) => reason.message);
        expect(`Error: ${thrown}`).to.equal(error);
      }
    });
  });
});
