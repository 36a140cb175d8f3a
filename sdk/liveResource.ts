import * as pulumi from "@pulumi/pulumi";

/**
 * What a resource of this package is to Pulumi.
 *
 * For every output Pulumi notes four times where it was made, for a report that only `PULUMI_DEBUG_PROMISE_LEAKS` asks for.
 * Ten frames each were more than half of what an update without changes takes in the program: one has to do.
 */
export abstract class LiveResource extends pulumi.CustomResource {
  constructor(type: string, name: string, inputs: pulumi.Inputs, options?: pulumi.CustomResourceOptions) {
    const limit = Error.stackTraceLimit;
    if (!process.env["PULUMI_DEBUG_PROMISE_LEAKS"]) Error.stackTraceLimit = Math.min(limit, 1);
    try {
      super(type, name, inputs, options);
    } catch (error) {
      Error.stackTraceLimit = limit;
      throw withCallers(error);
    } finally {
      Error.stackTraceLimit = limit;
    }
  }
}

/** What Pulumi refuses, or a transformation throws, is found where the program makes the resource. */
function withCallers(error: unknown): unknown {
  if (error instanceof Error) error.stack += `\n${new Error().stack?.split("\n").slice(1).join("\n")}`;
  return error;
}
