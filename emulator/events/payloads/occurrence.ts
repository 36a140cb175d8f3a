import { randomBytes } from "node:crypto";

/** The body of a callback before it is signed, in the cloud's own spelling. */
export type Payload = Record<string, unknown>;

/** The values that differ between occurrences of an event. The rest of a payload is constant. */
export interface Occurrence {
  domainName: string;
  appName: string;
  streamName: string;
  /** When the event happens, in milliseconds since 1970. */
  now: number;
  /** The id of the push, equal in its begin, error and end events. */
  sequence: string;
  /** How long the push has lasted, in milliseconds. */
  pushedMs: number;
}

/** The emulated account's APPID. */
export const APP_ID = 1250000000;

/** The query of the push URL. */
export const STREAM_PARAM = "stream_param=test";

/** When an occurrence happens, in UNIX seconds. */
export const seconds = ({ now }: Occurrence): number => Math.floor(now / 1000);

/** Creates an id in the format of the cloud: 19 digits. */
export function newId(): string {
  const number = randomBytes(8).readBigUInt64BE() % 9_000_000_000_000_000_000n;
  return String(number + 1_000_000_000_000_000_000n);
}
