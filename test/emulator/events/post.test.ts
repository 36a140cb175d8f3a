import { expect } from "chai";
import type { StreamEvent } from "../../../emulator";
import { DOMAIN, EventWorld } from "../../support/emulator/eventWorld";

describe("events of the emulator", () => {
  const world = new EventWorld();

  describe("over HTTP", () => {
    const post = async (event: unknown) => {
      const response = await fetch(`${world.emulator.url}/_emulator/events`, {
        method: "POST",
        body: JSON.stringify(event),
      });
      return [response.status, await response.json()] as [number, { outcome?: string; error?: string }];
    };

    it("are triggered by POST, which returns their outcome, and listed by GET", async () => {
      await world.start();
      world.bind();
      const [status, { outcome }] = await post({ event: "record", domainName: DOMAIN });
      expect([status, outcome, world.hooks.arrivals.length]).to.deep.equal([200, "delivered", 1]);
      const listed = await (await fetch(`${world.emulator.url}/_emulator/events`)).json();
      expect(listed).to.deep.equal(JSON.parse(JSON.stringify(world.emulator.deliveries())));
      expect(listed).to.have.length(1);
    });

    it("are rejected with the reason if they are invalid", async () => {
      await world.start();
      const wrong: [event: object, problem: string][] = [
        [{ event: "streamBegun", domainName: DOMAIN }, "event"],
        [{ event: "record" }, "domainName"],
        [{ event: "record", domainName: "http://push.example.com" }, "must be a host name"],
        [{ event: "record", domainName: DOMAIN, app: "live" }, "app"],
      ];
      for (const [event, problem] of wrong) {
        const [status, { error }] = await post(event);
        expect(status).to.equal(400);
        expect(error).to.include("invalid event: ").and.include(problem);
        const thrown = await world.emulator.sendEvent(event as StreamEvent).catch((reason: Error) => reason.message);
        expect(`Error: ${thrown}`).to.equal(error);
      }
    });
  });
});
