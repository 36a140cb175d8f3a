import { urnOf } from "./program";
import type { Failure } from "./stack";
import { resourceOf } from "./urns";

/** The events among those that `--json` prints, one on a line, which tell of failures. */
interface Event {
  diagnosticEvent?: { urn?: string; severity: string; message: string };
  resOpFailedEvent?: { metadata: { urn: string; op: string } };
}

/** A refused check, which the engine words; one of the native provider may name a property, with its value. */
const REFUSED = /^\S+ resource '[^']*'(: property \S+ value \{.*?\})? has a problem: /s;
/** What the engine puts before an error that says what to record. */
const PARTIAL = /^1 error occurred:\s+\* /;

/** What failed, by what the CLI printed: the errors of resources, each with the operation that failed. */
export function failuresIn(printed: string): Failure[] {
  const events = printed.split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line) as Event] : []));
  const operations = new Map(
    events.flatMap(({ resOpFailedEvent: failed }) => (failed ? [[failed.metadata.urn, failed.metadata.op]] : [])),
  );
  return events.flatMap(({ diagnosticEvent: told }) => {
    const resource = told?.severity === "error" ? resourceOf(told.urn ?? "") : undefined;
    if (!resource || !told) return [];
    const message = told.message.trim();
    const operation = operationOf(message, operations.get(told.urn ?? ""));
    return [{ urn: urnOf(resource), operation, error: new Error(message.replace(REFUSED, "").replace(PARTIAL, "")) }];
  });
}

/** The call to the provider that failed. Without a step that failed it was one of those that lead to a step. */
function operationOf(message: string, step: string | undefined): Failure["operation"] {
  if (step === undefined) return REFUSED.test(message) ? "check" : "diff";
  if (step.includes("delete") || step.startsWith("discard")) return "delete";
  if (step === "refresh" || step.startsWith("read")) return "read";
  return step === "update" ? "update" : "create";
}
