import { RedisServer, redisMissing } from "../../tools/redisServer";
import { standIn } from "./lifetime";

/**
 * Starts a server before the first test of the suite and closes it after the last. If `redis-server` is not
 * installed, the suite is skipped with a message. With the environment variable `CI` it fails.
 */
export function redisPerSuite(): RedisServer {
  let server: RedisServer | undefined;
  before("starts redis-server", async function () {
    const missing = redisMissing();
    if (missing) {
      if (process.env["CI"]) throw new Error(missing);
      console.log(`    skipped, ${missing}`);
      this.skip();
    }
    server = await RedisServer.start();
  });
  after(() => server?.close());
  return standIn(() => server);
}
