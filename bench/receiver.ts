import { once } from "node:events";
import { buildPayload } from "../emulator/events/payloads";
import { completeEvent } from "../emulator/events/streamEvent";
import { signCallback } from "../receiver";
import { type Load, load, post } from "./load";
import { loading } from "./loading";
import { median } from "./measure";
import type { ServerReport } from "./receiverServer";
import { KEY, type Server, startServer } from "./server";

/**
 * The receiver under load, as a ratio to a bare server of JSON that is measured in the same run: events per second, and
 * how long an answer takes. It also counts: no event may be lost, and memory must not grow with them.
 */
const RUNS = 5;
const EVENTS = 20_000;
const CONNECTIONS = 32;
/** The target for the slowest of a hundred answers, in milliseconds. */
const TARGET_MS = 100;
/** The target for loading the receiver, in milliseconds: a function that is started for each call loads it each time. */
const LOAD_TARGET_MS = 100;

interface Measured extends Server {
  runs: Load[];
}

const start = async (kind: "receiver" | "echo"): Promise<Measured> => ({
  ...(await startServer("receiverServer.ts", kind)),
  runs: [],
});

async function report({ process: process_ }: Measured): Promise<ServerReport> {
  const response = once(process_, "message");
  process_.send("report");
  return (await response)[0];
}

/** Signed events of which no two are copies of one. */
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

/** The medians of all runs: events per second, and the median and the slowest of a hundred answers in ms. */
const figures = ({ runs }: Measured) => ({
  perSecond: median(runs.map(({ perSecond }) => perSecond)),
  p50: median(runs.map((run) => quantile(run, 0.5))),
  p99: median(runs.map((run) => quantile(run, 0.99))),
});

async function measure(echo: Measured, receiver: Measured): Promise<void> {
  for (const { port } of [echo, receiver]) await load(port, events(EVENTS), CONNECTIONS);
  const before = await report(receiver);
  // In turn, so that whatever else the machine does meets both.
  for (let run = 0; run < RUNS; run++) {
    for (const measured of [echo, receiver]) measured.runs.push(await load(measured.port, events(EVENTS), CONNECTIONS));
  }
  const after = await report(receiver);
  print(figures(echo), figures(receiver));
  const grown = (after.heapBytes - before.heapBytes) / 1024 / 1024;
  console.log(
    `\n${after.handled - before.handled} of ${RUNS * EVENTS} events handled; heap ${grown.toFixed(1)} MiB more.`,
  );
  if (after.handled - before.handled !== RUNS * EVENTS) throw new Error("events were lost");
}

function print(echo: ReturnType<typeof figures>, receiver: ReturnType<typeof figures>): void {
  console.log(`${RUNS} runs of ${EVENTS} events over ${CONNECTIONS} connections, medians\n`);
  const rows = [
    ["", "per second", "p50 ms", "p99 ms"],
    ...[["bare node:http", echo] as const, ["receiver", receiver] as const].map(([name, { perSecond, p50, p99 }]) => [
      name,
      perSecond.toFixed(0),
      p50.toFixed(2),
      p99.toFixed(2),
    ]),
    [
      "receiver / bare",
      (receiver.perSecond / echo.perSecond).toFixed(2),
      (receiver.p50 / echo.p50).toFixed(2),
      (receiver.p99 / echo.p99).toFixed(2),
    ],
  ];
  for (const [name = "", ...cells] of rows) {
    console.log(name.padEnd(18) + cells.map((cell) => cell.padStart(12)).join(""));
  }
  console.log(`\np99 below the target of ${TARGET_MS} ms: ${receiver.p99 < TARGET_MS ? "yes" : "no"}`);
}

/** How long a new process takes to load the compiled receiver, in milliseconds: the median. */
const loadTime = (): number =>
  median(Array.from({ length: RUNS }, () => loading(["pulumi-tencentcloud-live/receiver"]).milliseconds));

async function main(): Promise<void> {
  const [echo, receiver] = await Promise.all([start("echo"), start("receiver")]);
  try {
    await measure(echo, receiver);
    console.log(`Loading the receiver takes ${loadTime().toFixed(0)} ms; the target is ${LOAD_TARGET_MS} ms.`);
  } finally {
    for (const { process: process_ } of [echo, receiver]) process_.disconnect();
  }
}

void main();
