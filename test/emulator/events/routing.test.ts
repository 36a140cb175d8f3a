import { expect } from "chai";
import { targetOf } from "../../../emulator/events/routing";
import { CALLBACK_EVENT_NAMES as eventNames } from "../../../provider/api/contract/events";
import { DOMAIN, EventWorld } from "../../support/emulator/eventWorld";
import { startForTest } from "../../support/emulatorClient";
import { Hooks } from "../../support/hooks";

describe("events of the emulator", () => {
  const world = new EventWorld();

  describe("the routing", () => {
    it("sends each event to its own URL", async () => {
      await world.start();
      world.bind();
      for (const event of eventNames) await world.send({ event });
      expect(world.hooks.arrivals.map(({ path }) => path.slice(1))).to.deep.equal(eventNames);
    });

    it("sends nothing for an unbound domain, and records nothing", async () => {
      await world.start();
      world.bind({}, "other.example.com");
      const sent = await world.send();
      expect(sent).to.include({
        outcome: "noRule",
        reason: `no template is bound to ${DOMAIN} or its app live`,
      });
      expect([world.hooks.arrivals, world.emulator.deliveries()]).to.deep.equal([[], []]);
    });

    it("prefers the rule of the app to the rule of the domain, or the reverse by dialect", async () => {
      for (const [rulePrecedence, paths] of [
        ["app", ["/app", "/all"]],
        ["domain", ["/all", "/all"]],
      ] as const) {
        await world.start({ dialect: { rulePrecedence } });
        world.bind({ StreamBeginNotifyUrl: `${world.hooks.url}/all` });
        world.bind({ StreamBeginNotifyUrl: `${world.hooks.url}/app` }, DOMAIN.toUpperCase(), "live");
        await world.send();
        await world.send({ appName: "Live" });
        expect(world.hooks.arrivals.map(({ path }) => path)).to.deep.equal(paths);
      }
    });

    it("sends nothing if the template has no URL for the event", async () => {
      await world.start();
      world.bind({ SnapshotNotifyUrl: "" });
      expect(await world.send({ event: "snapshot" })).to.include({
        outcome: "noUrl",
        reason: `the template "hooks" of ${DOMAIN} has no SnapshotNotifyUrl`,
      });
    });

    it("sends recording exceptions only of the template's levels, by default of errors", async () => {
      await world.start();
      const id = world.bind();
      const outcomes = async () => {
        const levels = ["info", "warning", "error"].map((exception_level) =>
          world.send({ event: "recordException", fields: { exception_level } }),
        );
        return (await Promise.all(levels)).map(({ outcome }) => outcome);
      };
      expect(await outcomes()).to.deep.equal(["levelNotChosen", "levelNotChosen", "delivered"]);
      world.emulator.patchTemplate(id, { RecordExceptionLevels: ["alarm", "info"] });
      expect(await outcomes()).to.deep.equal(["delivered", "delivered", "levelNotChosen"]);
    });

    it("applies a new rule, a changed template and a deleted rule only after the delay", async () => {
      await world.start({ bindingDelayMs: 300_000 });
      const id = world.bind({ StreamBeginNotifyUrl: `${world.hooks.url}/first` });
      expect(await world.send()).to.include({
        outcome: "noRule",
        reason: `no template is bound to ${DOMAIN} or its app live: the latest change is not in effect yet`,
      });
      world.now += 299_999;
      expect((await world.send()).outcome).to.equal("noRule");
      world.now += 1;
      await world.send();
      world.emulator.patchTemplate(id, { StreamBeginNotifyUrl: `${world.hooks.url}/second` });
      await world.send();
      world.now += 300_000;
      await world.send();
      world.emulator.removeRule(DOMAIN);
      await world.send();
      world.now += 300_000;
      expect((await world.send()).outcome).to.equal("noRule");
      expect(world.hooks.arrivals.map(({ path }) => path)).to.deep.equal(["/first", "/first", "/second", "/second"]);
      world.bind();
      world.now += 300_000;
      expect((await world.send()).outcome).to.equal("delivered");
      world.emulator.reset();
      expect((await world.send()).reason).to.equal(`no template is bound to ${DOMAIN} or its app live`);
    });
  });

  describe("the target", () => {
    it("is never another machine, unless deliverTo allows it", async () => {
      await world.start();
      world.bind({ StreamBeginNotifyUrl: "https://hooks.example.com/live?a=1" });
      expect(await world.send()).to.include({
        outcome: "notThisMachine",
        url: "https://hooks.example.com/live?a=1",
        reason:
          "not delivered: hooks.example.com is not on this machine; set deliverTo to a receiver that takes its place",
      });
      expect(world.emulator.deliveries()).to.deep.equal([]);
      const url = "https://hooks.example.com/live?a=1";
      expect([targetOf(url, "thisMachine"), targetOf(url, "anywhere")?.href]).to.deep.equal([undefined, url]);
    });

    it("is the receiver of deliverTo instead of every host, with the URL's own path and query", async () => {
      const receiver = await Hooks.start();
      await world.start({ deliverTo: receiver.url });
      world.bind({ StreamBeginNotifyUrl: "https://hooks.example.com/live?a=1" });
      expect(await world.send()).to.include({ outcome: "delivered", url: "https://hooks.example.com/live?a=1" });
      await world.send({ event: "record" });
      expect(receiver.arrivals.map(({ path }) => path)).to.deep.equal(["/live?a=1", "/record"]);
    });

    it("is rejected at start if it is not the origin of a receiver", async () => {
      for (const deliverTo of ["nowhere", "http://127.0.0.1/path", "ftp://127.0.0.1", "http://a@127.0.0.1", ""]) {
        const error = await startForTest({ deliverTo }).catch((reason: Error) => reason);
        expect(error, deliverTo).to.be.instanceOf(Error).and.have.property("message").that.includes(`"${deliverTo}"`);
      }
    });
  });
});
