import { writeSync } from "node:fs";
import { LiveError } from "./api/errors";
import { own, type Words, words } from "./words";

/** The severity of a line: `info` reports progress, `warning` something that the user should change. */
export type Severity = "info" | "warning";

/** Shows a line to the user during a run. */
export type Log = (severity: Severity, line: string) => void;

/**
 * Writes to the standard error of the process. It never throws: the engine that reads it may have been killed
 * while a step still has to complete.
 */
export const standardError: Log = (severity, line) => {
  try {
    writeSync(2, `${severity === "warning" ? "warning: " : ""}${line}\n`);
  } catch {
    // The reader is gone.
  }
};

/**
 * Formats the notice of a long wait, with the failure of the last attempt as its reason. It contains no
 * codes, so that programs do not take it for a failure.
 *
 * @param what for example `to create callback template "hooks"`; by default the action that failed
 */
export function waitNotice(failure: unknown, remainingMs: number, what?: Words): Words {
  const { reason, action = "" } = failure instanceof LiveError ? failure : { reason: words`it is not visible yet` };
  const seconds = Math.ceil(remainingMs / 1000);
  return words`Still waiting ${what ?? words`for ${own(action)}`}, for at most ${seconds} s: ${reason}.`;
}
