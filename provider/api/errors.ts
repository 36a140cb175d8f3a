import { type Phrase, toWords, type Words, words } from "../words";
import { API_CODES, matchesCode, type ProviderCode } from "./codes";

/** The details of an error of this package, in addition to its message. */
export interface ErrorDetails {
  /** The API's error code, or one of this package's own. */
  code: string;
  /** The API action that failed; absent where no call was made. */
  action?: string | undefined;
  /** The id of the request, for Tencent Cloud's support. */
  requestId?: string | undefined;
  /** Whether the same command, run again later, may succeed without a change. */
  retryable?: boolean;
  /** What the reader can do about it: one or more sentences. */
  remedy?: Phrase;
  cause?: unknown;
}

/** The details of a failure with one of this package's own codes. */
type OwnDetails = ErrorDetails & { code: ProviderCode };

/**
 * The root class of all errors that this package throws. The message is the reason alone, without the failed
 * operation. It may contain secrets: to show the error, format `reason` and `advice`.
 */
export class LiveError extends Error {
  override name = "LiveError";
  readonly code: string;
  readonly action: string | undefined;
  readonly requestId: string | undefined;
  readonly retryable: boolean;
  /** The message, in parts. */
  readonly reason: Words;
  /** What the reader can do about it, in parts. */
  readonly advice: Words;
  /** The advice as text. */
  readonly remedy: string;

  constructor(reason: Phrase, details: ErrorDetails) {
    super(String(reason), details.cause === undefined ? undefined : { cause: details.cause });
    this.reason = toWords(reason);
    this.advice = toWords(details.remedy ?? "");
    this.remedy = String(this.advice);
    this.code = details.code;
    this.action = details.action;
    this.requestId = details.requestId;
    this.retryable = details.retryable ?? false;
  }
}

const isOneOf = (code: string, kind: keyof typeof API_CODES): boolean =>
  API_CODES[kind].some((pattern) => matchesCode(code, pattern));

/** The API responded with an error. Nothing was changed, except perhaps after an `InternalError`. */
export class ApiError extends LiveError {
  override name = "ApiError";

  constructor(reason: Phrase, details: Omit<ErrorDetails, "retryable">) {
    const { code } = details;
    super(reason, { ...details, retryable: isOneOf(code, "throttled") || isOneOf(code, "transient") });
  }
}

/**
 * No usable response arrived: no connection, no response in time, an HTTP status other than 200, an
 * unreadable body.
 */
export class TransportError extends LiveError {
  override name = "TransportError";
  /** `false` only if the API certainly did not execute the request. */
  readonly mayHaveExecuted: boolean;

  constructor(reason: Phrase, details: OwnDetails & { mayHaveExecuted: boolean }) {
    super(reason, details);
    this.mayHaveExecuted = details.mayHaveExecuted;
  }
}

/**
 * A failure that the provider itself detects, such as missing configuration, or a conflict between the
 * request and the state of the cloud.
 */
export class ProviderError extends LiveError {
  override name = "ProviderError";

  // Restricts `code` to the provider's own codes.
  constructor(reason: Phrase, details: OwnDetails) {
    super(reason, details);
  }
}

const has = (error: unknown, kind: keyof typeof API_CODES): boolean =>
  error instanceof ApiError && isOneOf(error.code, kind);

export const isNotFound = (error: unknown): boolean => has(error, "notFound");
export const isInUse = (error: unknown): boolean => has(error, "inUse");
export const isDuplicateRule = (error: unknown): boolean => has(error, "duplicateRule");
export const isEmptyList = (error: unknown): boolean => has(error, "emptyList");
export const isUnknownParameter = (error: unknown): boolean => has(error, "unknownParameter");
export const isForbidden = (error: unknown): boolean => has(error, "forbidden");
export const areCredentialsRejected = (error: unknown): boolean => has(error, "rejectedCredentials");
export const isThrottled = (error: unknown): boolean => has(error, "throttled");
export const isTransient = (error: unknown): boolean => has(error, "transient");

/**
 * Returns whether a step may be retried within the same operation. A `ProviderError` is only retryable by
 * another run: the calls before it had their own retries.
 */
export function isRetryable(error: unknown): boolean {
  return error instanceof LiveError && error.retryable && !(error instanceof ProviderError);
}

/** Returns a function that tells whether an error is of this package and has a code. */
export const hasProviderCode =
  (code: ProviderCode) =>
  (error: unknown): error is ProviderError =>
    error instanceof ProviderError && error.code === code;

/** Returns whether credentials or a resource belong to another account. */
export const isWrongAccount: (error: unknown) => boolean = hasProviderCode("Provider.WrongAccount");

/** Returns whether the outcome of a failed call is unknown, because the cloud may have executed it. */
export function mayHaveExecuted(error: unknown): boolean {
  return error instanceof TransportError ? error.mayHaveExecuted : has(error, "outcomeUnknown");
}

/** Returns a failure with the same code and request, but another reason and remedy. */
export function reworded(failure: LiveError, reason: Phrase, remedy: Phrase): LiveError {
  const { code, action, requestId, retryable } = failure;
  return new LiveError(reason, { code, action, requestId, retryable, remedy, cause: failure });
}

/** Returns the failure with its outcome added to the reason; any other error unchanged. */
export function withOutcome(failure: unknown, outcome: Phrase): unknown {
  if (!(failure instanceof LiveError)) return failure;
  return reworded(failure, words`${failure.reason}; ${outcome}`, failure.advice);
}

/** Returns the reason of any failure. The message of an error of another package counts as foreign text. */
export function reasonOf(failure: unknown): Words {
  return failure instanceof LiveError ? failure.reason : words`${(failure as Error).message}`;
}
