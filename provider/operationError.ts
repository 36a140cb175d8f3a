import { LiveError, ProviderError } from "./api/errors";
import { isDocumentedCode } from "./api/remedies";
import type { Deployment } from "./deployment";
import { redactor } from "./redaction";
import { PartialFailure, type ResourceState } from "./resourceType";
import { joinWords, oneLine, own, type Phrase, type Words, words } from "./words";

/** The failure of an operation on a resource. Its message is one line in a fixed format, without secrets. */
export class OperationError extends Error {
  override name = "OperationError";
  readonly code: string;
  readonly action: string | undefined;
  readonly requestId: string | undefined;
  /** Whether the same operation, run again later, may succeed without a change. */
  readonly retryable: boolean;
  /** The state of a resource that exists although the operation failed. It contains secrets in plain text. */
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
 * Converts the error of an operation on a resource to an `OperationError`.
 *
 * @param what begins the message, for example `cannot create callback template "hooks"`
 */
export function operationError(deployment: Deployment, what: Words, error: unknown): OperationError {
  const { cause, recorded } = error instanceof PartialFailure ? error : { cause: error, recorded: undefined };
  const failure =
    cause instanceof LiveError ? cause : defect(textOf(() => (cause instanceof Error ? cause.message : cause)));
  const secrets = deployment.secrets();
  // The cause is not passed on, because its message may contain secrets.
  const trace = redactor(secrets)(textOf(() => (cause as Error)?.stack));
  return new OperationError(describeFailure(failure, secrets, what), failure, trace, recorded);
}

/** Formats a failure on one line, without the secrets: `[<what>: ]<why>. <what to do>. (<codes>)`. */
export function describeFailure(failure: LiveError, secrets: readonly string[], what?: Words): string {
  const why = what ? words`${what}: ${failure.reason}.` : words`${failure.reason}.`;
  return oneLine(joinWords([why, failure.advice, codesOf(failure, secrets)], " "), redactor(secrets));
}

/**
 * Formats the codes of a failure, which programs read at the end of every message. A documented code is never
 * redacted. In any other text, only secrets of at least 8 characters are hidden: a shorter one may match by
 * chance.
 */
function codesOf(failure: LiveError, secrets: readonly string[]): Words {
  const { code, action = "none", requestId = "none", retryable } = failure;
  const hide = redactor(secrets.filter((secret) => secret.length >= 8));
  const shown = isDocumentedCode(code) ? code : hide(code);
  return own(`(code=${shown} action=${action} requestId=${hide(requestId)} retryable=${retryable})`);
}

/** Creates the failure for a defect of this package, which no input and no response may cause. */
export function defect(reason: Phrase): ProviderError {
  return new ProviderError(reason, {
    code: "Provider.Defect",
    remedy: own(
      "This is a defect in pulumi-tencentcloud-live: please report it with the stack that TENCENTCLOUD_LIVE_DEBUG=1 adds.",
    ),
  });
}

/** Converts any value to text, even one whose conversion throws. */
function textOf(value: () => unknown): string {
  try {
    return String(value());
  } catch {
    return "the thrown value has no text";
  }
}
