import { UnrecoverableError } from "bullmq";
import type { CallbackEvent, EventOf } from "pulumi-tencentcloud-live/receiver";
import { logEvent } from "./log.js";

/**
 * The work on one event: put yours here. It may take as long as it needs. It may be called again with the same event,
 * and with events in any order: let what it writes have a key of the event's own, such as its `id`. A job that throws
 * is tried again later, except after an `UnrecoverableError`.
 */
export async function work(event: CallbackEvent): Promise<void> {
  if (event.type === "record") await archive(event);
  else logEvent("seen", event);
}

async function archive(event: EventOf<"record">): Promise<void> {
  // The signature does not cover the URL: before you fetch it, look the file up with DescribeMediaInfos.
  if (event.fileSize === 0) throw new UnrecoverableError("the recording is empty");
  logEvent("archived", event, { fileId: event.fileId });
}
