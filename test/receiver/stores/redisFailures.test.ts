import { expect } from "chai";
import { createClient } from "redis";
import type { CallbackHandlerOptions } from "../../../receiver";
import { redisStore } from "../../../receiver/stores/redisStore";
import { perTest } from "../../support/lifetime";
import { deferred, eventOf, ManualTimer, receiver, settle, status } from "../../support/receiver";
import { REDIS_CLIENTS } from "../../support/redisClients";
import { redisPerSuite } from "../../support/redisServer";

describe("a receiver whose Redis", function () {
  this.timeout(60_000);
  const server = redisPerSuite();
  const redis = perTest(() => REDIS_CLIENTS["redis 5"]?.(server.url) ?? expect.fail());
  let handled: string[];
  beforeEach(async () => {
    handled = [];
    await redis.command("FLUSHALL");
  });

  /** An instance of a service, with a connection of its own unless it is given a store. */
  const instance = (options: CallbackHandlerOptions = {}) =>
    receiver({ store: redisStore(redis.client), onEvent: (event) => handled.push(event.id), ...options });
  /** Handles an event until it is let go. */
  const working = (options: CallbackHandlerOptions = {}) => {
    const [work, started, clock] = [deferred(), deferred<AbortSignal>(), new ManualTimer()];
    const onEvent: CallbackHandlerOptions["onEvent"] = async (event, { signal }) => {
      started.resolve(signal);
      await work.promise;
      handled.push(event.id);
    };
    return { work, started, clock, ...instance({ timer: clock.timer, onEvent, ...options }) };
  };
  /** Resolves when a client has connected again by itself; unlike `once`, whatever errors come before. */
  const reconnected = (client: unknown = redis.client) =>
    new Promise<void>((resolve) => (client as NodeJS.EventEmitter).once("ready", resolve));

  it("is down gets 500 for every event, handles none, and all when it is back", async () => {
    await server.kill();
    const { handler, reported } = instance();
    expect(await status(handler.receive(eventOf("1")))).to.equal(500);
    expect([handled, reported]).to.deep.equal([[], ["store_failed"]]);
    const ready = reconnected();
    await server.restart();
    await ready;
    expect(await status(handler.receive(eventOf("1")))).to.equal(200);
    expect(await status(handler.receive(eventOf("1")))).to.equal(200);
    expect(handled).to.deep.equal(["1:1"]);
  });

  it("is down gets 500 within the time for a message where the client waits for it to come back", async () => {
    const patient = createClient({ url: server.url }).on("error", () => {});
    await patient.connect();
    const ready = reconnected(patient);
    await server.kill();
    const clock = new ManualTimer();
    const { handler, reported } = instance({ store: redisStore(patient), timer: clock.timer });
    const response = handler.receive(eventOf("1"));
    await clock.pass(15_000);
    expect([await status(response), handled, reported]).to.deep.equal([500, [], ["store_failed"]]);
    await server.restart();
    await ready;
    // Behind the late response to `begin`, and the release that follows it.
    await patient.ping();
    await patient.ping();
    expect([await status(handler.receive(eventOf("1"))), handled]).to.deep.equal([200, ["1:1"]]);
    patient.destroy();
  });

  it("is slow gets 500 within the time for a message, and what it begins afterwards is given back", async () => {
    const clock = new ManualTimer();
    const { handler, reported } = instance({ timer: clock.timer });
    server.suspend();
    const response = handler.receive(eventOf("1"));
    await clock.pass(15_000);
    expect([await status(response), handled, reported]).to.deep.equal([500, [], ["store_failed"]]);
    server.resume();
    // Behind the late response to `begin`, and the release that follows it.
    await redis.command("PING");
    await redis.command("PING");
    expect(await redis.command("KEYS", "*")).to.deep.equal([]);
    expect(await status(handler.receive(eventOf("1")))).to.equal(200);
    expect(handled).to.deep.equal(["1:1"]);
  });

  it("goes away while an event is handled gets 200 once it was handled, which is reported", async () => {
    const { handler, work, started, reported } = working();
    const response = status(handler.receive(eventOf("1")));
    await started.promise;
    await server.kill();
    expect(handled).to.deep.equal([]);
    work.resolve();
    expect([await response, handled, reported]).to.deep.equal([200, ["1:1"], ["store_failed"]]);
    await server.restart();
  });

  it("goes away while an event fails gets 500, and the copy after its return is handled", async () => {
    const { handler, work, started, reported } = working();
    const response = status(handler.receive(eventOf("1")));
    await started.promise;
    await server.kill();
    work.reject(new Error("failed"));
    expect([await response, reported]).to.deep.equal([500, ["handler_failed", "store_failed"]]);
    const ready = reconnected();
    await server.restart();
    await ready;
    expect([await status(instance().handler.receive(eventOf("1"))), handled]).to.deep.equal([200, ["1:1"]]);
  });

  it("is out of memory gets 500 before an event is handled, and 200 after it, which is reported", async () => {
    const { handler, work, started, reported } = working();
    const response = status(handler.receive(eventOf("1")));
    await started.promise;
    await redis.command("CONFIG", "SET", "maxmemory", "1");
    const full = instance();
    expect(await status(full.handler.receive(eventOf("2")))).to.equal(500);
    expect([full.reported, handled]).to.deep.equal([["store_failed"], []]);
    work.resolve();
    expect([await response, handled, reported]).to.deep.equal([200, ["1:1"], ["store_failed"]]);
    await redis.command("CONFIG", "SET", "maxmemory", "0");
    expect([await status(full.handler.receive(eventOf("2"))), handled]).to.deep.equal([200, ["1:1", "1:2"]]);
  });

  it("is replaced by an empty one while an event is handled aborts the handler at its next extension", async () => {
    const [first, second] = [working({ timeoutMs: 100_000 }), working()];
    const responses = [status(first.handler.receive(eventOf("1")))];
    const signal = await first.started.promise;
    await redis.command("FLUSHALL");
    responses.push(status(second.handler.receive(eventOf("1"))));
    await second.started.promise;
    await first.clock.pass(12_000);
    while (!signal.aborted) await redis.command("PING");
    expect(first.reported).to.deep.equal(["lease_lost"]);
    first.work.reject(new Error("aborted"));
    expect(await responses[0]).to.equal(500);
    // The failure of the first has not touched the lease of the second.
    expect(await status(instance().handler.receive(eventOf("1")))).to.equal(503);
    second.work.resolve();
    expect([await responses[1], handled]).to.deep.equal([200, ["1:1"]]);
    expect(await status(instance().handler.receive(eventOf("1")))).to.equal(200);
  });

  for (const kind of Object.keys(REDIS_CLIENTS)) {
    it(`is shared by two instances handles each of many copies at once one time: ${kind}`, async () => {
      const clients = await Promise.all([1, 2].map(() => REDIS_CLIENTS[kind]?.(server.url) ?? expect.fail()));
      const onEvent: CallbackHandlerOptions["onEvent"] = async (event) => {
        await settle();
        handled.push(event.id);
      };
      const instances = clients.map(({ client }) => instance({ store: redisStore(client), onEvent }));
      /** Sends a copy until it is accepted, as the cloud does, and checks that it was handled by then. */
      const deliver = async (sequence: string, copy: number): Promise<void> => {
        for (let attempt = copy; ; attempt += 1) {
          const response = await instances[attempt % 2]?.handler.receive(eventOf(sequence));
          if (response?.status === 200) return expect(handled).to.include(`1:${sequence}`) && undefined;
          expect(response?.status).to.equal(503);
        }
      };
      const copies = Array.from({ length: 400 }, (_, index) => deliver(String(index >> 2), index % 4));
      await Promise.all(copies);
      expect(handled).to.have.length(100);
      expect(new Set(handled)).to.have.property("size", 100);
      await Promise.all(clients.map((client) => client.close()));
    });
  }
});
