import type { CallbackEvent } from "pulumi-tencentcloud-live/receiver";

/** Writes one line of JSON. Text from outside, such as a stream's name, cannot start a new line. */
export function log(message: string, details: Record<string, unknown> = {}): void {
  console.log(JSON.stringify({ time: new Date().toISOString(), message, ...details }));
}

/** Logs an event without the query of its push URL, which may contain the push secret. */
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
