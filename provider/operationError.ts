import { LiveError, ProviderError } from "./api/errors";
import type { Deployment } from "./deployment";
import { redact } from "./redaction";
import { PartialFailure, type ResourceState } from "./resourceType";

/** What an operation on a resource is refused or failed with: one line, in one format, without a secret. */
export class OperationError extends Error {
  override name = "OperationError";
  readonly code: string;
  readonly action: string | undefined;
  readonly requestId: string | undefined;
  /** Whether the same operation, run again later, may succeed without a change. */
  readonly retryable: boolean;
  /** The state of a resource that exists all the same. It holds secrets in clear. */
  readonly recorded: ResourceState | undefined;
  /** Where it happened, without a secret; only for whoever looks for a defect. */
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

/** The error for what an operation on a resource threw; `what` is for example `cannot create callback template "hooks"`. */
export function operationError(deployment: Deployment, what: string, error: unknown): OperationError {
  const { cause, recorded } = error instanceof PartialFailure ? error : { cause: error, recorded: undefined };
  const failure = cause instanceof LiveError ? cause : defect(cause);
  const secrets = deployment.secrets();
  const hidden = (text: string): string => redact(text, secrets);
  // Machines read the codes: a secret of a few letters does not spoil them.
  const hiddenCodes = redact(
    codesOf(failure),
    secrets.filter((secret) => secret.length >= 8),
  );
  const sentences = [`${what}: ${hidden(failure.message)}.`, hidden(failure.remedy), hiddenCodes].filter(Boolean);
  // The cause itself stays here: its message may hold what was removed from this one's.
  const trace = hidden(textOf(() => (cause as Error)?.stack));
  return new OperationError(sentences.join(" ").replace(/\s*[\r\n]+\s*/g, " "), failure, trace, recorded);
}

/** The codes of a failure, in the form that machines read at the end of every message. */
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

/** Any value as text; there are some that cannot even be turned into it. */
function textOf(value: () => unknown): string {
  try {
    return String(value());
  } catch {
    return "something was thrown that has no text";
  }
}
