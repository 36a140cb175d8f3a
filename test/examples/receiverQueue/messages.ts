import { buildPayload, signedPayload } from "../../../emulator/events/payloads";
import { completeEvent } from "../../../emulator/events/streamEvent";
import { parseCallback } from "../../../receiver";

/** The callback key of all receivers. */
export const KEY = "QueueKey1";

/** An event of the cloud. */
export interface SignedEvent {
  id: string;
  body: string;
  /** Whether its work always fails. */
  fails: boolean;
}

/** Signs a message of a stream that has begun. */
export function signedBegin(streamName: string, key = KEY): SignedEvent {
  const now = Date.now();
  const event = completeEvent({ event: "streamBegin", domainName: "push.example.com", streamName });
  const body = JSON.stringify(signedPayload(buildPayload(event, { now }), key, now));
  return { id: parseCallback(body).id, body, fails: streamName.startsWith("failing") };
}

/** Posts a message. @returns the status, or 0 without a response */
export async function statusOf(url: string, body: string): Promise<number> {
  try {
    const response = await fetch(url, { method: "POST", body });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}
