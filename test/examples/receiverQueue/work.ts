import { setTimeout as sleep } from "node:timers/promises";
import type { CallbackEvent } from "pulumi-tencentcloud-live/receiver";

/**
 * Replaces `examples/receiver-queue/work.ts`, like the work of a user. Logs the begin and the end of the work
 * on an event. The worker records the end in Redis afterwards. The stream "failing" always fails, and
 * "breaking" ends the process.
 */
export async function work(event: CallbackEvent): Promise<void> {
  const stream = event.type === "streamBegin" ? event.streamId : "";
  log("begun", event);
  if (stream.startsWith("failing")) throw new Error("this work always fails");
  if (stream.startsWith("breaking")) process.exit(3);
  await sleep(Math.random() * 200);
  log("worked", event);
  await sleep(process.env["WAITS_BEFORE_RECORD"] ? 3_600_000 : Math.random() * 50);
}

const log = (message: string, { id }: CallbackEvent): void => console.log(JSON.stringify({ message, id }));
