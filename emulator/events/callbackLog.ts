import type { CallbackEventName } from "../../provider/api/contract/events";

/** One attempt to call back, as the account can look it up. Times are in milliseconds since 1970. */
export interface LoggedCall {
  event: CallbackEventName;
  eventType: number;
  streamName: string;
  /** When the event happened: equal for all attempts of one event. */
  eventTime: number;
  request: string;
  response: string;
  /** When the answer came, or was given up. */
  responseTime: number;
  /** 0: answered with status 200. */
  resultCode: number;
}

/** How many attempts are kept. */
const KEPT = 10_000;

/** The record that `DescribeCallbackRecordsList` reads. One entry for each attempt, an assumption. */
export class CallbackLog {
  private calls: LoggedCall[] = [];

  add(call: LoggedCall): void {
    this.calls.push(call);
    if (this.calls.length > 2 * KEPT) this.calls = this.calls.slice(-KEPT);
  }

  /** The last 10,000 attempts, in the order in which they ended. */
  list(): readonly LoggedCall[] {
    return this.calls.slice(-KEPT);
  }

  clear(): void {
    this.calls = [];
  }
}
