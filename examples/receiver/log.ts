import type { CallbackEvent } from "pulumi-tencentcloud-live/receiver";

/** Writes one line of JSON, which keeps text of others, like a stream's name, on its line. */
export function log(message: string, details: Record<string, unknown> = {}): void {
  console.log(JSON.stringify({ time: new Date().toISOString(), message, ...details }));
}

/** What a log may hold of an event: not the query of the push URL, which may hold the push secret. */
export function logEvent(event: CallbackEvent): void {
  const { domainName, appName, streamId } = event;
  log(event.type, { id: event.id, stream: [domainName, appName, streamId].join("/"), ...particulars(event) });
}

function particulars(event: CallbackEvent): Record<string, unknown> {
  switch (event.type) {
    case "streamEnd":
      return { seconds: (event.pushDuration ?? 0) / 1000, reason: event.errmsg };
    case "record":
      return { fileId: event.fileId, format: event.fileFormat, seconds: event.duration };
    case "unknown":
      return { eventType: event.eventType };
    default:
      return {};
  }
}
