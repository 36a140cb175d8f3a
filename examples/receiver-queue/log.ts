import type { CallbackEvent } from "pulumi-tencentcloud-live/receiver";

/** Writes one line of JSON. Text from outside, such as a stream's name, cannot start a new line. */
export function log(message: string, details: Record<string, unknown> = {}): void {
  console.log(JSON.stringify({ time: new Date().toISOString(), message, ...details }));
}

/** Logs the type and id of an event. Other fields may be secret, such as the query of the push URL. */
export function logEvent(message: string, event?: CallbackEvent, details: Record<string, unknown> = {}): void {
  log(message, { type: event?.type, id: event?.id, ...details });
}

/** Logs why the process cannot start, and exits. */
export function fail(error: unknown): never {
  log("cannot start", { why: (error as Error).message });
  process.exit(1);
}
