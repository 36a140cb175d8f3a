import { fail, log, logEvent } from "./log.js";
import { openQueue } from "./queue.js";
import { readRedisUrl } from "./settings.js";

/** Lists the jobs that have failed permanently. With `--retry`, starts each again with all its attempts. */
async function main([option]: string[]): Promise<void> {
  const queue = openQueue(readRedisUrl(process.env));
  const jobs = await queue.getFailed();
  for (const job of jobs) {
    logEvent("dead letter", job.data, { attempts: job.attemptsMade, why: job.failedReason });
    if (option === "--retry") await job.retry("failed", { resetAttemptsMade: true });
  }
  log(option === "--retry" ? "retried" : "listed", { deadLetters: jobs.length });
  await queue.close();
}

main(process.argv.slice(2)).catch(fail);
