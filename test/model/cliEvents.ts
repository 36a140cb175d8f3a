import { urnOf } from "./program";
import type { Failure } from "./stack";
import { resourceOf } from "./urns";

/** The events of `--json`, one per line, that describe failures. */
interface Event {
  diagnosticEvent?: { urn?: string; severity: string; message: string };
  resOpFailedEvent?: { metadata: { urn: string; op: string } };
}

/**
 * The engine's message for a failed check. For the native provider it may contain a property and its value.
 */
const REFUSED = /^\S+ resource '[^']*'(: property \S+ value \{.*?\})? has a problem: /s;
/** The engine's prefix of an error that contains the properties to record. */
const PARTIAL = /^1 error occurred:\s+\* /;

/** Returns the failures from the output of the CLI: the errors of resources with the failed operations. */
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

/** Returns the failed provider call. Without a failed step it was one of the calls before a step. */
function operationOf(message: string, step: string | undefined): Failure["operation"] {
  if (step === undefined) return REFUSED.test(message) ? "check" : "diff";
  if (step.includes("delete") || step.startsWith("discard")) return "delete";
  if (step === "refresh" || step.startsWith("read")) return "read";
  return step === "update" ? "update" : "create";
}
