import type { Timer } from "../emulator/events/post";

/** What a command reads from and writes to. */
export interface Terminal {
  environment: Readonly<Record<string, string | undefined>>;
  /** The whole of the standard input, as text. */
  readInput: () => Promise<string>;
  /** Writes a line to the standard output: results only. */
  print: (line: string) => void;
  /** The time in milliseconds since 1970. */
  now: () => number;
  timer: Timer;
}

/** Everything was as it should be. */
export const OK = 0;
/** What was looked at is not as it should be, or looking failed. */
export const FAILED = 1;
/** The command line cannot be understood. */
export const WRONG_USE = 2;

/** Text from elsewhere on one line: line ends and other control characters could steer a terminal. */
export const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, " ").trim();
