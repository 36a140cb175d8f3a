import type { CallbackEvent } from "pulumi-tencentcloud-live/receiver";

/** Writes one line of JSON, which keeps text of others, like a stream's name, on its line. */
export function log(message: string, details: Record<string, unknown> = {}): void {
  console.log(JSON.stringify({ time: new Date().toISOString(), message, ...details }));
}

/** Logs an event by its id: what else it holds may be secret, like the query of the push URL. */
export function logEvent(message: string, event?: CallbackEvent, details: Record<string, unknown> = {}): void {
  log(message, { type: event?.type, id: event?.id, ...details });
}

/** Logs why the process cannot start, and ends it. */
export function fail(error: unknown): never {
  log("cannot start", { why: (error as Error).message });
  process.exit(1);
}
