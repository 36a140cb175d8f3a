import { type Phrase, toWords, type Words, words } from "../words";
import { API_CODES, matchesCode, type ProviderCode } from "./codes";

/** What every error of this package carries besides its message. */
export interface ErrorDetails {
  /** The API's error code, or one of this package's own. */
  code: string;
  /** The API action that failed; absent where no call was made. */
  action?: string | undefined;
  /** The id under which the cloud's support finds the request. */
  requestId?: string | undefined;
  /** Whether the same command, run again later, may succeed without a change. */
  retryable?: boolean;
  /** What the reader can do about it: one or more sentences. */
  remedy?: Phrase;
  cause?: unknown;
}

/** The details of a failure that the API did not name. */
type OwnDetails = ErrorDetails & { code: ProviderCode };

/**
 * The root of all errors that this package throws; its message is the reason alone, without what it failed
 * on. The message may hold secrets: who shows it formats `reason` and `advice`, which know their own words.
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
  /** The same as text. */
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
  /** `false` only where the request provably never reached the API. */
  readonly mayHaveExecuted: boolean;

  constructor(reason: Phrase, details: OwnDetails & { mayHaveExecuted: boolean }) {
    super(reason, details);
    this.mayHaveExecuted = details.mayHaveExecuted;
  }
}

/**
 * A failure that the provider itself detects: what it found contradicts the request, or configuration is
 * missing.
 */
export class ProviderError extends LiveError {
  override name = "ProviderError";

  // It takes none of the API's codes.
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

/** The call failed, and it is unknown whether the cloud carried it out all the same. */
export function mayHaveExecuted(error: unknown): boolean {
  return error instanceof TransportError ? error.mayHaveExecuted : has(error, "outcomeUnknown");
}

/** The same failure, by its code and request, with another reason and remedy. */
export function reworded(failure: LiveError, reason: Phrase, remedy: Phrase): LiveError {
  const { code, action, requestId, retryable } = failure;
  return new LiveError(reason, { code, action, requestId, retryable, remedy, cause: failure });
}

/** The same failure, with what came of it added to the reason. */
export function withOutcome(failure: unknown, outcome: Phrase): unknown {
  if (!(failure instanceof LiveError)) return failure;
  return reworded(failure, words`${failure.reason}; ${outcome}`, failure.advice);
}

/** The reason of a failure of any kind; the message of an error that is not ours comes from elsewhere. */
export function reasonOf(failure: unknown): Words {
  return failure instanceof LiveError ? failure.reason : words`${(failure as Error).message}`;
}
