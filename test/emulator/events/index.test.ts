import { expect } from "chai";
import { EventWorld, NOW } from "../../support/emulator/eventWorld";
import { Hooks } from "../../support/hooks";
import { ManualTimer } from "../../support/receiver";

const MINUTE = 60_000;

describe("the delivery of an event by the emulator", () => {
  const world = new EventWorld();

  it("succeeds only with status 200", async () => {
    await world.startBound();
    for (const status of [201, 204, 302, 400, 500]) {
      world.hooks.response = { status };
      expect(await world.send(), `${status}`).to.include({
        outcome: "retrying",
        reason: `the response has status ${status}; only 200 counts`,
      });
    }
    world.hooks.response = { status: 200, body: "anything" };
    expect((await world.send()).outcome).to.equal("delivered");
  });

  it("does not follow a redirect", async () => {
    await world.startBound();
    for (const status of [301, 302, 307, 308]) {
      world.hooks.response = { status, headers: { location: `${world.hooks.url}/elsewhere` } };
      expect((await world.send()).attempts[0], `${status}`).to.include({ status });
    }
    expect(new Set(world.hooks.arrivals.map(({ path }) => path))).to.deep.equal(new Set(["/streamBegin"]));
  });

  it("waits 20 s for the response, or 5 s for a push error by dialect", async () => {
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
      await world.startBound({ timer, dialect: { pushExceptionTimeout } });
      world.hooks.response = "nothing";
      const arrived = world.hooks.next();
      const sent = world.send({ event });
      await arrived;
      expect(waits).to.deep.equal([seconds * 1000]);
      world.now += seconds * 1000;
      manual.expire();
      const { attempts, ...outcome } = await sent;
      expect(outcome).to.include({
        outcome: "retrying",
        reason: `no response within ${seconds} s`,
        // The minute runs from the end of the attempt.
        nextAttempt: new Date(NOW + seconds * 1000 + MINUTE).toISOString(),
      });
      expect(attempts).to.deep.equal([
        {
          at: new Date(NOW).toISOString(),
          durationMs: seconds * 1000,
          body: "",
          failure: `no response within ${seconds} s`,
        },
      ]);
    }
  });

  it("fails if the response breaks off", async () => {
    const halves = Hooks.start((_request, response) => {
      response.writeHead(200, { "content-length": "10" }).write("half", () => response.socket?.destroy());
    });
    await world.startBound({}, halves);
    expect(await world.send()).to.include({ outcome: "retrying", reason: "the connection broke during the response" });
  });

  it("keeps only the start of a large response", async () => {
    await world.startBound();
    world.hooks.response = { status: 200, body: "é".repeat(1_000_000) };
    const { outcome, attempts } = await world.send();
    expect([outcome, attempts[0]?.body]).to.deep.equal(["delivered", "é".repeat(1000)]);
  });

  it("uses a new connection for each attempt, so that no attempt uses a closed one", async () => {
    await world.startBound();
    await world.send();
    expect(world.hooks.arrivals[0]?.headers).to.include({ connection: "close" });
  });

  it("ends when the emulator is closed or reset", async () => {
    await world.startBound();
    world.hooks.response = { status: 500 };
    await world.send();
    world.emulator.reset();
    expect([await world.pass(MINUTE), world.emulator.deliveries()]).to.deep.equal([[], []]);
    await world.startBound();
    world.hooks.response = "nothing";
    const arrived = world.hooks.next();
    const sent = world.send();
    await arrived;
    expect(world.emulator.deliveries()).to.have.length(1);
    expect(world.emulator.deliveries()[0]).to.include({ outcome: "underWay" });
    await world.emulator.close();
    expect(await sent).to.include({ outcome: "failed" });
    expect(await world.pass(MINUTE)).to.deep.equal([]);
  });

  it("loses none of many simultaneous events", async () => {
    await world.startBound();
    const events = Array.from({ length: 300 }, (_, index) => world.send({ streamName: `stream-${index}` }));
    const outcomes = (await Promise.all(events)).map(({ outcome }) => outcome);
    expect(new Set(outcomes)).to.deep.equal(new Set(["delivered"]));
    expect(new Set(world.hooks.bodies.map((body) => body["stream_id"]))).to.have.property("size", 300);
  });
});
