import { setTimeout } from "node:timers/promises";

/** One error of the provider. The code is stable; the text of the message may change. */
export interface Failure {
  message: string;
  code: string;
  action: string;
  requestId: string;
  /** Whether the same operation may succeed later. */
  retryable: boolean;
}

const ERROR = /(cannot \w+ .*?) \(code=(\S+) action=(\S+) requestId=(\S+) retryable=(true|false)\)/g;
const ATTEMPTS = 3;
const WAIT_SECONDS = process.env["RETRY_WAIT_SECONDS"] ?? 30;

/** Returns the provider's errors in the output of a failed operation, without duplicates. Other failures have none. */
export function failuresIn(error: unknown): Failure[] {
  const printed = String(error).matchAll(ERROR);
  const failures = [...printed].map(([, message = "", code = "", action = "", requestId = "", retryable]) => {
    return { message, code, action, requestId, retryable: retryable === "true" };
  });
  return [...new Map(failures.map((failure) => [failure.message, failure])).values()];
}

/** Runs an operation, and runs it again if all of its errors are retryable. */
export async function retrying<T>(operation: () => Promise<T>, waitSeconds = Number(WAIT_SECONDS)): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await operation();
    } catch (error) {
      const failures = failuresIn(error);
      // An error of the input has no code, and no retry removes it.
      const refused = String(error).includes("has a problem:");
      const hopeless = refused || failures.length === 0 || failures.some(({ retryable }) => !retryable);
      if (hopeless || attempt === ATTEMPTS) throw error;
      await setTimeout(waitSeconds * 1000);
    }
  }
}
