/**
 * Limits the stack of new errors to one frame. Returns the previous limit, which the caller restores.
 *
 * For every output of a resource, Pulumi records four stacks for a report that it makes only if
 * `PULUMI_DEBUG_PROMISE_LEAKS` is set. With ten frames each, they took more than half of the program's time
 * in a no-op update. A base class cannot do this. Pulumi expects resources to extend its own class directly,
 * and would record a line of this package as the program's.
 */
export function limitFrames(): number {
  const limit = Error.stackTraceLimit;
  if (!process.env["PULUMI_DEBUG_PROMISE_LEAKS"]) Error.stackTraceLimit = Math.min(limit, 1);
  return limit;
}

/**
 * Restores the limit, and adds the callers to an error of Pulumi or of a transformation, so that its stack
 * shows where the program creates the resource.
 */
export function withCallers(error: unknown, limit: number): unknown {
  Error.stackTraceLimit = limit;
  if (error instanceof Error) error.stack += `\n${new Error().stack?.split("\n").slice(1).join("\n")}`;
  return error;
}
