import { Worker } from "bullmq";
import type { CallbackEvent } from "pulumi-tencentcloud-live/receiver";
import { fail, log, logEvent } from "./log.js";
import { QUEUE_NAME } from "./queue.js";
import { readWorkerSettings, type WorkerSettings } from "./settings.js";
import { work } from "./work.js";

/** A job whose workers die more often than this becomes a dead letter: it may kill the next one too. */
const MAX_DEATHS = 3;

/** Processes the jobs of the queue until the process receives a signal to stop. */
function start({ redisUrl, concurrency, lockMs }: WorkerSettings): void {
  const worker = new Worker<CallbackEvent>(QUEUE_NAME, ({ data }) => work(data), {
    connection: { url: redisUrl },
    concurrency,
    // A worker extends the locks of its jobs. If it is killed, they expire, and other workers take the jobs.
    lockDuration: lockMs,
    stalledInterval: lockMs / 2,
    maxStalledCount: MAX_DEATHS,
  });
  worker.on("ready", () => log("working"));
  worker.on("completed", ({ data }) => logEvent("done", data));
  worker.on("failed", (job, { message }) =>
    logEvent(job?.finishedOn ? "dead letter" : "failed", job?.data, { attempts: job?.attemptsMade, why: message }),
  );
  worker.on("stalled", (job) => log("stalled", { job }));
  worker.on("error", ({ message }) => log("error", { why: message }));

  // Finishes the jobs that have begun. The others stay for other workers.
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => worker.close());
}

try {
  start(readWorkerSettings(process.env));
} catch (error) {
  fail(error);
}
