import { expect } from "chai";
import { createClient } from "redis";
import type { CallbackHandlerOptions } from "../../../receiver";
import { redisStore } from "../../../receiver/stores/redisStore";
import { perTest } from "../../support/lifetime";
import { deferred, eventOf, ManualTimer, receiver, settle, status } from "../../support/receiver";
import { REDIS_CLIENTS } from "../../support/redisClients";
import { redisPerSuite } from "../../support/redisServer";

describe("a receiver with its store in Redis", function () {
  this.timeout(60_000);
  const server = redisPerSuite();
  const redis = perTest(() => REDIS_CLIENTS["redis 5"]?.(server.url) ?? expect.fail());
  let handled: string[];
  beforeEach(async () => {
    handled = [];
    await redis.command("FLUSHALL");
  });

  /** An instance of a service, by default with the connection of the suite. */
  const instance = (options: CallbackHandlerOptions = {}) =>
    receiver({ store: redisStore(redis.client), onEvent: (event) => handled.push(event.id), ...options });
  /** An instance whose handler runs until `work` ends. */
  const working = (options: CallbackHandlerOptions = {}) => {
    const [work, started, clock] = [deferred(), deferred<AbortSignal>(), new ManualTimer()];
    const onEvent: CallbackHandlerOptions["onEvent"] = async (event, { signal }) => {
      started.resolve(signal);
      await work.promise;
      handled.push(event.id);
    };
    return { work, started, clock, ...instance({ timer: clock.timer, onEvent, ...options }) };
  };
  /** Resolves when a client has reconnected. Unlike `once`, it ignores the errors before that. */
  const reconnected = (client: unknown = redis.client) =>
    new Promise<void>((resolve) => (client as NodeJS.EventEmitter).once("ready", resolve));

  it("responds with 500 and handles no event while Redis is down, and handles it when Redis is back", async () => {
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

  it("responds with 500 within the time limit if the client waits until Redis is back", async () => {
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
    // These come after the late response to `begin` and the release that follows it.
    await patient.ping();
    await patient.ping();
    expect([await status(handler.receive(eventOf("1"))), handled]).to.deep.equal([200, ["1:1"]]);
    patient.destroy();
  });

  it("responds with 500 within the time limit if Redis is slow, and releases a lease granted later", async () => {
    const clock = new ManualTimer();
    const { handler, reported } = instance({ timer: clock.timer });
    server.suspend();
    const response = handler.receive(eventOf("1"));
    await clock.pass(15_000);
    expect([await status(response), handled, reported]).to.deep.equal([500, [], ["store_failed"]]);
    server.resume();
    // These come after the late response to `begin` and the release that follows it.
    await redis.command("PING");
    await redis.command("PING");
    expect(await redis.command("KEYS", "*")).to.deep.equal([]);
    expect(await status(handler.receive(eventOf("1")))).to.equal(200);
    expect(handled).to.deep.equal(["1:1"]);
  });

  it("responds with 200 and reports the failure if Redis goes down while an event is handled", async () => {
    const { handler, work, started, reported } = working();
    const response = status(handler.receive(eventOf("1")));
    await started.promise;
    await server.kill();
    expect(handled).to.deep.equal([]);
    work.resolve();
    expect([await response, handled, reported]).to.deep.equal([200, ["1:1"], ["store_failed"]]);
    await server.restart();
  });

  it("responds with 500 if Redis goes down while an event fails, and handles the copy after its return", async () => {
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

  it("responds with 500 if Redis is out of memory before an event is handled, and with 200 afterwards", async () => {
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

  it("aborts the handler at its next extension if Redis has lost the lease", async () => {
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
    // The failure of the first instance has not changed the lease of the second.
    expect(await status(instance().handler.receive(eventOf("1")))).to.equal(503);
    second.work.resolve();
    expect([await responses[1], handled]).to.deep.equal([200, ["1:1"]]);
    expect(await status(instance().handler.receive(eventOf("1")))).to.equal(200);
  });

  for (const kind of Object.keys(REDIS_CLIENTS)) {
    it(`handles each event once at two instances that receive many copies at the same time: ${kind}`, async () => {
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
