import { LiveError, ProviderError } from "./api/errors";
import type { Deployment } from "./deployment";
import { redact } from "./redaction";
import { PartialFailure, type ResourceState } from "./resourceType";

/** The failure of an operation on a resource: a message of one line, in one format, without secrets. */
export class OperationError extends Error {
  override name = "OperationError";
  readonly code: string;
  readonly action: string | undefined;
  readonly requestId: string | undefined;
  /** Whether the same operation, run again later, may succeed without a change. */
  readonly retryable: boolean;
  /** The state of a resource that exists although the operation failed. It holds secrets in clear. */
  readonly recorded: ResourceState | undefined;
  /** The stack of the cause, without secrets, for debugging. */
  readonly trace: string;

  constructor(message: string, failure: LiveError, trace: string, recorded: ResourceState | undefined) {
    super(message);
    this.code = failure.code;
    this.action = failure.action;
    this.requestId = failure.requestId;
    this.retryable = failure.retryable;
    this.trace = trace;
    this.recorded = recorded;
  }
}

/**
 * Converts what an operation on a resource threw into an `OperationError`.
 *
 * @param what begins the message, for example `cannot create callback template "hooks"`
 */
export function operationError(deployment: Deployment, what: string, error: unknown): OperationError {
  const { cause, recorded } = error instanceof PartialFailure ? error : { cause: error, recorded: undefined };
  const failure = cause instanceof LiveError ? cause : defect(cause);
  const secrets = deployment.secrets();
  const hidden = (text: string): string => redact(text, secrets);
  // Programs read the codes. A secret of fewer than 8 characters stays, as it could be a part of one.
  const hiddenCodes = redact(
    codesOf(failure),
    secrets.filter((secret) => secret.length >= 8),
  );
  const sentences = [`${what}: ${hidden(failure.message)}.`, hidden(failure.remedy), hiddenCodes].filter(Boolean);
  // The cause is not passed on: its message may hold secrets.
  const trace = hidden(textOf(() => (cause as Error)?.stack));
  return new OperationError(sentences.join(" ").replace(/\s*[\r\n]+\s*/g, " "), failure, trace, recorded);
}

/** Formats the codes of a failure as programs find them at the end of every message. */
export function codesOf({ code, action = "none", requestId = "none", retryable }: LiveError): string {
  return `(code=${code} action=${action} requestId=${requestId} retryable=${retryable})`;
}

function defect(error: unknown): ProviderError {
  return new ProviderError(
    textOf(() => (error instanceof Error ? error.message : error)),
    {
      code: "Provider.Defect",
      remedy:
        "This is a defect of pulumi-tencentcloud-live: please report it, with what TENCENTCLOUD_LIVE_DEBUG=1 adds.",
    },
  );
}

/** Converts any value to text, even one whose conversion throws. */
function textOf(value: () => unknown): string {
  try {
    return String(value());
  } catch {
    return "something was thrown that has no text";
  }
}
