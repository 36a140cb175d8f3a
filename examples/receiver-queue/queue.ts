import { type DefaultJobOptions, Queue } from "bullmq";
import type { CallbackEvent } from "pulumi-tencentcloud-live/receiver";
import { jobIdOf } from "./jobId.js";

/** The name of the queue that receivers and workers share. */
export const QUEUE_NAME = "live-callbacks";

/** The data of a job is its event, and its name the type of the event. */
export type EventQueue = Queue<CallbackEvent, void, CallbackEvent["type"]>;

/** How many times a job is tried, and the delay after its first failure. */
export interface Retries {
  attempts: number;
  firstDelayMs: number;
}

/**
 * While Redis keeps a job, no copy of its event is added again. The last copy comes about 16 minutes after
 * the event, and the signature of a message is accepted for up to 20 minutes. Failed jobs are the dead
 * letters: they stay until you retry or remove them.
 */
const KEPT: DefaultJobOptions = { removeOnComplete: { age: 3_600 }, removeOnFail: false };

/** Each delay is twice the previous one, less a random part of up to half, so that retries are spread out. */
const retried = ({ attempts, firstDelayMs }: Retries): DefaultJobOptions => ({
  attempts,
  backoff: { type: "exponential", delay: firstDelayMs, jitter: 0.5 },
});

/**
 * Connects to the queue. While Redis is unavailable, adding a job fails rather than waits: the response is
 * then 500, and the cloud sends the event again.
 *
 * @param retries the retries of the jobs that are added through this connection
 */
export function openQueue(redisUrl: string, retries?: Retries): EventQueue {
  return new Queue(QUEUE_NAME, {
    connection: { url: redisUrl, enableOfflineQueue: false, maxRetriesPerRequest: 0, socketTimeout: 3_000 },
    defaultJobOptions: { ...KEPT, ...(retries && retried(retries)) },
  });
}

/** Resolves when the event is in the queue. Adding a copy of an event that is already there has no effect. */
export async function enqueue(queue: EventQueue, event: CallbackEvent): Promise<void> {
  await queue.add(event.type, event, { jobId: jobIdOf(event.id) });
}
