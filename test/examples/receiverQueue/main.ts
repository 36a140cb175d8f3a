import { installOutside } from "../../../tools/installOutside";
import { RedisServer } from "../../../tools/redisServer";
import { InstalledExample, QUEUE_PACKAGES } from "./installed";
import { Trial } from "./trial";

/**
 * Runs receivers and workers of `examples/receiver-queue` with a shared Redis, and kills one after another.
 * The cloud sends three copies of each event, and repeats each copy until the response is 200. Counts the
 * events that were processed once, processed twice or lost: `npm run test:receiver-queue -- [number of
 * events] [seed]`.
 */
const EVENTS_PER_KILL = 40;

async function main([count = "4000", seed = String(Date.now() % 1_000_000)]: string[]): Promise<void> {
  const events = Number(count);
  const kills = Math.ceil(events / EVENTS_PER_KILL);
  const size = { events, receivers: 4, workers: 4, kills, seed: Number(seed) };
  const redis = await RedisServer.start();
  const example = new InstalledExample(await installOutside(...QUEUE_PACKAGES)).replaceWork();
  const trial = new Trial(example, redis.url, size);
  try {
    console.log(JSON.stringify(size));
    const tally = await trial.run();
    console.log(JSON.stringify(tally, undefined, 2));
    if (tally.lost > 0 || tally.unexplained > 0) process.exitCode = 1;
  } finally {
    await trial.close();
    example.close();
    await redis.close();
  }
}

void main(process.argv.slice(2));
