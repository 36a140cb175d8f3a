import { expect } from "chai";
import { CallbackError } from "../../../receiver";
import { type RedisClient, redisStore } from "../../../receiver/stores/redisStore";
import { perSuite } from "../../support/lifetime";
import { storeContract } from "../../support/receiverStores";
import { REDIS_CLIENTS } from "../../support/redisClients";
import { redisPerSuite } from "../../support/redisServer";

/** Shortens the expiry of all keys by 100 ms, instead of waiting. */
const TIME_PASSES = `
for _, key in ipairs(redis.call("keys", "*")) do
  local left = redis.call("pttl", key) - 100
  if left <= 0 then redis.call("del", key) else redis.call("pexpire", key, left) end
end`;

for (const [name, connect] of Object.entries(REDIS_CLIENTS)) {
  describe(`redisStore with a client of ${name}`, () => {
    const server = redisPerSuite();
    const redis = perSuite(() => connect(server.url));
    const command = (...args: string[]) => redis.command(...args);

    storeContract(
      () => redisStore(redis.client),
      async () => void (await command("EVAL", TIME_PASSES, "0")),
    );

    it("keeps one key for each event, which expires with the lease, and with the record", async () => {
      await command("FLUSHALL");
      const store = redisStore(redis.client, { prefix: "mine:", ttlSeconds: 1_200 });
      const begun = await store.begin("1:2", 60_000);
      const [token] = begun.state === "begun" ? [begun.token] : [];
      expect(await command("KEYS", "*")).to.deep.equal(["mine:1:2"]);
      expect(await command("PTTL", "mine:1:2")).to.be.within(1, 60_000);
      await store.extend("1:2", String(token), 90_000.5);
      expect(await command("PTTL", "mine:1:2")).to.be.within(60_001, 90_001);
      await store.handled("1:2", String(token));
      expect(await command("PTTL", "mine:1:2")).to.be.within(90_001, 1_200_000);
      await redisStore(redis.client).begin("1:2", 60_000);
      expect(await command("KEYS", "tencentcloud-live:*")).to.deep.equal(["tencentcloud-live:1:2"]);
    });

    it("makes one round trip for each call, including the first", async () => {
      await command("SCRIPT", "FLUSH");
      await command("CONFIG", "RESETSTAT");
      const store = redisStore(redis.client);
      const begun = await store.begin("trips", 60_000);
      const [token] = begun.state === "begun" ? [begun.token] : [];
      await store.extend("trips", String(token), 60_000);
      await store.release("trips", String(token));
      await store.handled("trips", String(token));
      const calls = String(await command("INFO", "commandstats")).match(/^cmdstat_[^:]+:calls=\d+/gm) ?? [];
      const sent = calls.filter((call) => !/_(get|set|del|pexpire|config|info)/.test(call));
      expect(sent).to.deep.equal(["cmdstat_eval:calls=4"]);
    });

    it("recognizes its own token if a client repeats a command after its connection broke", async () => {
      // Sends every command twice, as if only the reply to the first was lost.
      const twice = { ...(name === "ioredis" && { defineCommand() {} }) } as RedisClient;
      twice.eval = async (...args: never[]) => {
        await (redis.client.eval as (...all: never[]) => Promise<unknown>)(...args);
        return (redis.client.eval as (...all: never[]) => Promise<unknown>)(...args);
      };
      const store = redisStore(twice);
      const begun = await store.begin("twice", 60_000);
      const [token] = begun.state === "begun" ? [begun.token] : [];
      expect(await store.extend("twice", String(token), 60_000)).to.equal(true);
      expect(await store.handled("twice", String(token))).to.equal(true);
      expect(await store.begin("twice", 60_000)).to.deep.equal({ state: "handled" });
    });
  });
}

describe("redisStore", () => {
  it("rejects a value that is not a client, and a ttlSeconds that is not a number from 1", () => {
    const client = { eval: async () => null };
    for (const wrong of [undefined, null, {}, "redis://127.0.0.1"]) {
      expect(() => redisStore(wrong as unknown as RedisClient)).to.throw(CallbackError, "a client of redis");
    }
    for (const ttlSeconds of [0, Number.NaN, "3600" as unknown as number]) {
      expect(() => redisStore(client, { ttlSeconds })).to.throw(CallbackError, "ttlSeconds must be a number from 1");
    }
  });
});
