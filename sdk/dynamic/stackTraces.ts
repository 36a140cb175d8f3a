/**
 * Has the errors that are made from here on note one frame, until the limit that this returns is put back.
 *
 * For every output of a resource Pulumi notes four times where it was made, for a report that only
 * `PULUMI_DEBUG_PROMISE_LEAKS` asks for. Ten frames each were more than half of what an update without changes takes in the
 * program. A base class cannot do this: Pulumi expects that resources extend its own class directly, and would record a line
 * of this package as the one of the program.
 */
export function limitFrames(): number {
  const limit = Error.stackTraceLimit;
  if (!process.env["PULUMI_DEBUG_PROMISE_LEAKS"]) Error.stackTraceLimit = Math.min(limit, 1);
  return limit;
}

/** What Pulumi refuses, or a transformation throws, is found where the program makes the resource. */
export function withCallers(error: unknown, limit: number): unknown {
  Error.stackTraceLimit = limit;
  if (error instanceof Error) error.stack += `\n${new Error().stack?.split("\n").slice(1).join("\n")}`;
  return error;
}
