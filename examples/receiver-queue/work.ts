import { UnrecoverableError } from "bullmq";
import type { CallbackEvent, EventOf } from "pulumi-tencentcloud-live/receiver";
import { logEvent } from "./log.js";

/**
 * Processes one event. Put your own work here; it may take as long as it needs. It may be called again with
 * the same event, and events may come in any order, so write your results under a key of the event, such as
 * its `id`. A job that throws is retried later, except after an `UnrecoverableError`.
 */
export async function work(event: CallbackEvent): Promise<void> {
  if (event.type === "record") await archive(event);
  else logEvent("seen", event);
}

async function archive(event: EventOf<"record">): Promise<void> {
  // The signature does not cover the URL: look up the file with DescribeMediaInfos before you fetch it.
  if (event.fileSize === 0) throw new UnrecoverableError("the recording is empty");
  logEvent("archived", event, { fileId: event.fileId });
}
