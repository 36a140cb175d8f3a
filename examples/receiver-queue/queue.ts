import { type DefaultJobOptions, Queue } from "bullmq";
import type { CallbackEvent } from "pulumi-tencentcloud-live/receiver";
import { jobIdOf } from "./jobId.js";

/** The name of the queue, which receivers and workers share. */
export const QUEUE_NAME = "live-callbacks";

/** The data of a job is its event, and its name the type of the event. */
export type EventQueue = Queue<CallbackEvent, void, CallbackEvent["type"]>;

/** How often a job is tried, and how long after its first failure. */
export interface Retries {
  attempts: number;
  firstDelayMs: number;
}

/**
 * As long as Redis keeps a job, no copy of its event is added again. The last copy comes about 16 minutes after the
 * event, and the signature of a message is valid for up to 20. Failed jobs are the dead letters: they stay until
 * you retry or remove them.
 */
const KEPT: DefaultJobOptions = { removeOnComplete: { age: 3_600 }, removeOnFail: false };

/** Each delay is twice the one before, less up to a half at random, so that jobs do not all return at once. */
const retried = ({ attempts, firstDelayMs }: Retries): DefaultJobOptions => ({
  attempts,
  backoff: { type: "exponential", delay: firstDelayMs, jitter: 0.5 },
});

/**
 * Connects to the queue. While Redis is away, adding fails rather than waits: the response is then 500, and the
 * cloud sends the event again.
 *
 * @param retries how jobs that are added from here are tried
 */
export function openQueue(redisUrl: string, retries?: Retries): EventQueue {
  return new Queue(QUEUE_NAME, {
    connection: { url: redisUrl, enableOfflineQueue: false, maxRetriesPerRequest: 0, socketTimeout: 3_000 },
    defaultJobOptions: { ...KEPT, ...(retries && retried(retries)) },
  });
}

/** Resolves when the queue has the event. A copy of an event that it has already changes nothing. */
export async function enqueue(queue: EventQueue, event: CallbackEvent): Promise<void> {
  await queue.add(event.type, event, { jobId: jobIdOf(event.id) });
}
