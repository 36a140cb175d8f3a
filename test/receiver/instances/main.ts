import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "redis";
import { buildPayload, signedPayload } from "../../../emulator/events/payloads";
import { completeEvent } from "../../../emulator/events/streamEvent";
import { parseCallback } from "../../../receiver";
import { RedisServer } from "../../../tools/redisServer";
import { Fleet, handledKey } from "./fleet";

/**
 * Runs several instances of a service with one Redis, and kills one of them every few seconds. A simulated
 * cloud sends four copies of each event at the same time, and repeats each copy until the response is 200.
 * Counts the events that were handled, that were handled twice, and that got 200 unhandled. To run it:
 * `npm run test:receiver-instances -- [number of instances …]`.
 */
const EVENTS = 10_000;
const COPIES = 4;
const CONCURRENT_EVENTS = 32;
const KILL_EVERY_MS = 3_000;
/** The cloud waits a minute. A lease of 60 s must be able to expire within the attempts. */
const RETRY_AFTER_MS = 1_000;
const MAX_ATTEMPTS = 200;
const KEY = "InstancesKey1";

interface Tally {
  handled: number;
  /** Handled more than once. */
  twice: number;
  /** Handled more than once although the earlier instance was not killed. */
  unexplained: number;
  /** Responses with 200 before a handler had succeeded. */
  unhandled: number;
  /** Copies that never got 200. */
  givenUp: number;
  responses: Record<string, number>;
}

class Cloud {
  readonly tally: Tally = { handled: 0, twice: 0, unexplained: 0, unhandled: 0, givenUp: 0, responses: {} };
  readonly #fleet: Fleet;
  readonly #redis: ReturnType<typeof createClient>;
  /** The copies that wait for their next attempt. They do not delay other events. */
  readonly #retries: Promise<void>[] = [];

  constructor(fleet: Fleet, redis: ReturnType<typeof createClient>) {
    this.#fleet = fleet;
    this.#redis = redis;
  }

  /** Sends all events, and resolves when each copy was accepted or given up. */
  async send(events: readonly string[]): Promise<void> {
    const waiting = [...events];
    const sender = async (): Promise<void> => {
      for (let body = waiting.pop(); body !== undefined; body = waiting.pop()) await this.#sendCopies(body);
    };
    await Promise.all(Array.from({ length: CONCURRENT_EVENTS }, sender));
    await Promise.all(this.#retries);
  }

  /** Counts what the instances have recorded in Redis. */
  async count(events: readonly string[]): Promise<void> {
    for (const body of events) {
      const names = await this.#redis.lRange(handledKey(parseCallback(body).id), 0, -1);
      if (names.length > 0) this.tally.handled += 1;
      if (names.length < 2) continue;
      this.tally.twice += 1;
      // A later instance could begin only because an earlier one had not recorded its success.
      if (names.slice(0, -1).some((name) => !this.#fleet.killed.has(name))) this.tally.unexplained += 1;
    }
  }

  async #sendCopies(body: string): Promise<void> {
    const id = parseCallback(body).id;
    const copies = Array.from({ length: COPIES }, async () => {
      if (!(await this.#attempt(body, id))) this.#retries.push(this.#sendAgain(body, id));
    });
    await Promise.all(copies);
  }

  async #sendAgain(body: string, id: string): Promise<void> {
    for (let attempt = 2; attempt <= MAX_ATTEMPTS; attempt++) {
      await sleep(RETRY_AFTER_MS);
      if (await this.#attempt(body, id)) return;
    }
    this.tally.givenUp += 1;
  }

  async #attempt(body: string, id: string): Promise<boolean> {
    const status = await this.#fleet.post(body);
    this.tally.responses[status] = (this.tally.responses[status] ?? 0) + 1;
    if (status !== 200) return false;
    if ((await this.#redis.lLen(handledKey(id))) === 0) this.tally.unhandled += 1;
    return true;
  }
}

/** Creates signed events, all different. */
function createEvents(): string[] {
  const event = completeEvent({ event: "streamBegin", domainName: "push.example.com" });
  const now = Date.now();
  return Array.from({ length: EVENTS }, () => JSON.stringify(signedPayload(buildPayload(event, { now }), KEY, now)));
}

async function measure(instances: number): Promise<boolean> {
  const server = await RedisServer.start();
  const redis = createClient({ url: server.url });
  await redis.connect();
  const fleet = await Fleet.start(instances, server.url, KEY);
  const started = performance.now();
  const done = new AbortController();
  const killing = killRegularly(fleet, done.signal);
  try {
    const cloud = new Cloud(fleet, redis);
    const events = createEvents();
    await cloud.send(events);
    done.abort();
    await killing;
    await cloud.count(events);
    print(instances, fleet.killed.size, (performance.now() - started) / 1000, cloud.tally);
    const { handled, unexplained, unhandled, givenUp } = cloud.tally;
    return handled === EVENTS && unexplained === 0 && unhandled === 0 && givenUp === 0;
  } finally {
    fleet.close();
    redis.destroy();
    await server.close();
  }
}

async function killRegularly(fleet: Fleet, done: AbortSignal): Promise<void> {
  while (!done.aborted) {
    await sleep(KILL_EVERY_MS, undefined, { signal: done }).catch(() => {});
    if (!done.aborted) await fleet.killOne();
  }
}

function print(instances: number, killed: number, seconds: number, tally: Tally): void {
  const responses = Object.entries(tally.responses).map(([status, count]) => `${count} × ${status}`);
  console.log(`${instances} instances, ${EVENTS} events × ${COPIES} copies, ${killed} killed, ${seconds.toFixed(0)} s`);
  console.log(`  handled                    ${tally.handled}`);
  console.log(`  handled twice              ${tally.twice}, ${tally.unexplained} of them without a killed instance`);
  console.log(`  got 200 unhandled          ${tally.unhandled}`);
  console.log(`  copies that never got 200  ${tally.givenUp}`);
  console.log(`  responses                  ${responses.join(", ")} (0: none)`);
}

async function main(counts: number[]): Promise<void> {
  for (const instances of counts) {
    if (!(await measure(instances))) process.exitCode = 1;
  }
}

const counts = process.argv.slice(2).map(Number);
void main(counts.length > 0 ? counts : [2, 4, 8]);
