import { setTimeout as sleep } from "node:timers/promises";
import type { CallbackEvent } from "pulumi-tencentcloud-live/receiver";

/**
 * Takes the place of `examples/receiver-queue/work.ts`, as a user's work does. It logs when the work on an event
 * begins and when it is done; the worker records it in Redis a moment later. The name of the stream says what
 * happens: "failing" fails always, "breaking" ends the process.
 */
export async function work(event: CallbackEvent): Promise<void> {
  const stream = event.type === "streamBegin" ? event.streamId : "";
  log("begun", event);
  if (stream.startsWith("failing")) throw new Error("this work fails always");
  if (stream.startsWith("breaking")) process.exit(3);
  await sleep(Math.random() * 200);
  log("worked", event);
  await sleep(process.env["WAITS_BEFORE_RECORD"] ? 3_600_000 : Math.random() * 50);
}

const log = (message: string, { id }: CallbackEvent): void => console.log(JSON.stringify({ message, id }));
