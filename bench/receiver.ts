import { once } from "node:events";
import { buildPayload } from "../emulator/events/payloads";
import { completeEvent } from "../emulator/events/streamEvent";
import { signCallback } from "../receiver";
import { RedisServer, redisMissing } from "../tools/redisServer";
import { type Load, load, post } from "./load";
import { loading } from "./loading";
import { median } from "./measure";
import type { ServerReport } from "./receiverServer";
import { KEY, type Server, startServer } from "./server";

// Measures the receiver under load against a bare JSON server in the same run: events per second, and the
// time of a response. With Redis, the bare server makes the same round trips. Also checks that no event is
// lost, and prints how much the heap grows.

const RUNS = 5;
const EVENTS = 20_000;
const CONNECTIONS = 32;
/** The target for the 99th percentile of the response times, in milliseconds. */
const TARGET_MS = 100;
/**
 * The target for loading the receiver, in milliseconds: a serverless function loads it at each cold start.
 */
const LOAD_TARGET_MS = 100;

interface Measured extends Server {
  name: string;
  runs: Load[];
}

async function start(name: string, ...args: ["receiver" | "bare", ...redisUrl: string[]]): Promise<Measured> {
  return { ...(await startServer("receiverServer.ts", ...args)), name, runs: [] };
}

async function report({ process: process_ }: Measured): Promise<ServerReport> {
  const response = once(process_, "message");
  process_.send("report");
  return (await response)[0];
}

/** Creates distinct signed events. */
function events(count: number): string[] {
  const now = Date.now();
  const t = Math.floor(now / 1000) + 600;
  const sign = signCallback(KEY, t);
  const event = completeEvent({ event: "streamBegin", domainName: "push.example.com" });
  return Array.from({ length: count }, () =>
    post("/live", JSON.stringify({ ...buildPayload(event, { now }), t, sign })),
  );
}

const quantile = ({ latencies }: Load, share: number): number =>
  latencies[Math.ceil(latencies.length * share) - 1] ?? Number.NaN;

/**
 * Returns the medians of all runs: events per second, and the 50th and 99th percentile of the response times
 * in ms.
 */
const figures = ({ runs }: Measured) => ({
  perSecond: median(runs.map(({ perSecond }) => perSecond)),
  p50: median(runs.map((run) => quantile(run, 0.5))),
  p99: median(runs.map((run) => quantile(run, 0.99))),
});

async function measure(floor: Measured, receiver: Measured): Promise<void> {
  for (const { port } of [floor, receiver]) await load(port, events(EVENTS), CONNECTIONS);
  const before = await report(receiver);
  // In alternation, so that other load on the machine affects both.
  for (let run = 0; run < RUNS; run++) {
    for (const measured of [floor, receiver])
      measured.runs.push(await load(measured.port, events(EVENTS), CONNECTIONS));
  }
  const after = await report(receiver);
  print(floor, receiver);
  const handled = after.handled - before.handled;
  const grown = (after.heapBytes - before.heapBytes) / 1024 / 1024;
  console.log(`${handled} of ${RUNS * EVENTS} events handled; heap ${grown.toFixed(1)} MiB more.\n`);
  if (handled !== RUNS * EVENTS) throw new Error("events were lost");
}

function print(floor: Measured, receiver: Measured): void {
  const [theirs, ours] = [figures(floor), figures(receiver)];
  const keys = ["perSecond", "p50", "p99"] as const;
  const rows = [
    ["", "per second", "p50 ms", "p99 ms"],
    [floor.name, theirs.perSecond.toFixed(0), theirs.p50.toFixed(2), theirs.p99.toFixed(2)],
    [receiver.name, ours.perSecond.toFixed(0), ours.p50.toFixed(2), ours.p99.toFixed(2)],
    ["ratio", ...keys.map((key) => (ours[key] / theirs[key]).toFixed(2))],
  ];
  for (const [name = "", ...cells] of rows) {
    console.log(name.padEnd(28) + cells.map((cell) => cell.padStart(12)).join(""));
  }
  console.log(`p99 below the target of ${TARGET_MS} ms: ${ours.p99 < TARGET_MS ? "yes" : "no"}`);
}

/** Starts a bare server and a receiver, and measures both. */
async function compare(floorName: string, name: string, ...redisUrl: string[]): Promise<void> {
  const floor = await start(floorName, "bare", ...redisUrl);
  const receiver = await start(name, "receiver", ...redisUrl);
  try {
    await measure(floor, receiver);
  } finally {
    for (const { process: process_ } of [floor, receiver]) process_.disconnect();
  }
}

async function compareWithRedis(): Promise<void> {
  const missing = redisMissing();
  if (missing) return console.log(`With Redis: skipped, ${missing}\n`);
  const redis = await RedisServer.start();
  try {
    await compare("bare with its round trips", "receiver with redisStore", redis.url);
  } finally {
    await redis.close();
  }
}

/** Returns the median time that a new process takes to load the compiled receiver, in milliseconds. */
const loadTime = (): number =>
  median(Array.from({ length: RUNS }, () => loading(["pulumi-tencentcloud-live/receiver"]).milliseconds));

async function main(): Promise<void> {
  console.log(`${RUNS} runs of ${EVENTS} events over ${CONNECTIONS} connections, medians\n`);
  await compare("bare node:http", "receiver");
  await compareWithRedis();
  console.log(`Loading the receiver takes ${loadTime().toFixed(0)} ms; the target is ${LOAD_TARGET_MS} ms.`);
}

void main();
