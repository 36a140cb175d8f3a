import { writeSync } from "node:fs";
import { LiveError } from "./api/errors";
import { own, type Words, words } from "./words";

/** How a line of the log is shown: what goes on, or what the user should change. */
export type Severity = "info" | "warning";

/** Shows a line to the user while a run goes on. */
export type Log = (severity: Severity, line: string) => void;

/**
 * Writes to the standard error of the process. It never fails: the engine that reads there may have been
 * killed while a step is still being finished.
 */
export const standardError: Log = (severity, line) => {
  try {
    writeSync(2, `${severity === "warning" ? "warning: " : ""}${line}\n`);
  } catch {
    // No one reads it.
  }
};

/**
 * Formats what is waited for, from the failure of the last attempt. It holds no codes: programs would take
 * it for a failure.
 *
 * @param what for example `to create callback template "hooks"`; by default the action that failed
 */
export function waitNotice(failure: unknown, remainingMs: number, what?: Words): Words {
  const { reason, action = "" } = failure instanceof LiveError ? failure : { reason: words`it is not to be seen yet` };
  const seconds = Math.ceil(remainingMs / 1000);
  return words`Still waiting ${what ?? words`for ${own(action)}`}, for at most ${seconds} s: ${reason}.`;
}
