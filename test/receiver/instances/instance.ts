import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createClient } from "redis";
import { createCallbackHandler, toNodeHandler } from "../../../receiver";
import { redisStore } from "../../../receiver/stores/redisStore";
import { handledKey } from "./fleet";

/** One instance of a service. It handles an event in up to 20 ms, and records its name in Redis. */
async function main([name = "", url = "", key = ""]: string[]): Promise<void> {
  const client = createClient({ url, disableOfflineQueue: true }).on("error", console.error);
  await client.connect();
  const callbacks = createCallbackHandler({
    key,
    store: redisStore(client),
    async onEvent(event) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
      await client.rPush(handledKey(event.id), name);
    },
    onError: (error) => error.code !== "in_progress" && console.error(error),
  });
  const server = createServer(toNodeHandler(callbacks)).listen(0, "127.0.0.1", () => {
    process.send?.((server.address() as AddressInfo).port);
  });
}

process.on("disconnect", () => process.exit());
void main(process.argv.slice(2));
