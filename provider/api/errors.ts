import { remedyFor } from "./remedies";

/** What every error of this package carries besides its message. */
export interface ErrorDetails {
  /** The API's error code, or one of this package's own, which begin with `Provider.`. */
  code: string;
  /** The API action that failed; absent where no call was made. */
  action?: string | undefined;
  /** The id under which the cloud's support finds the request. */
  requestId?: string | undefined;
  /** Whether the same command, run again later, may succeed without a change. */
  retryable?: boolean;
  /** What the reader can do about it: one or more sentences. */
  remedy?: string;
  cause?: unknown;
}

/** The root of all errors that this package throws; its message is the reason alone, without what it failed on. */
export class LiveError extends Error {
  override name = "LiveError";
  readonly code: string;
  readonly action: string | undefined;
  readonly requestId: string | undefined;
  readonly retryable: boolean;
  readonly remedy: string;

  constructor(reason: string, details: ErrorDetails) {
    super(reason, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = details.code;
    this.action = details.action;
    this.requestId = details.requestId;
    this.retryable = details.retryable ?? false;
    this.remedy = details.remedy ?? "";
  }
}

const THROTTLED = /^(RequestLimitExceeded(\..+)?|LimitExceeded\.RateLimitExceeded)$/;
const PASSING_FAULTS = new Set([
  "InternalError",
  "InternalError.ConnectDbError",
  "InternalError.DBError",
  "FailedOperation.CallOtherSvrFailed",
]);

/** The API answered, and the answer is an error. Nothing was changed, except perhaps after an `InternalError`. */
export class ApiError extends LiveError {
  override name = "ApiError";

  constructor(reason: string, details: Omit<ErrorDetails, "retryable">) {
    const { code, action } = details;
    const remedy = details.remedy ?? remedyFor(code, action);
    super(reason, { ...details, remedy, retryable: THROTTLED.test(code) || PASSING_FAULTS.has(code) });
  }
}

/** No usable answer came back: no connection, no answer in time, an HTTP status other than 200, an unreadable body. */
export class TransportError extends LiveError {
  override name = "TransportError";
  /** `false` only where the request provably never reached the API. */
  readonly mayHaveExecuted: boolean;

  constructor(reason: string, details: ErrorDetails & { mayHaveExecuted: boolean }) {
    super(reason, details);
    this.mayHaveExecuted = details.mayHaveExecuted;
  }
}

/** What was found contradicts what was asked; or configuration is missing. Decided here, not by the API. */
export class ProviderError extends LiveError {
  override name = "ProviderError";
}

const NOT_FOUND = new Set([
  "FailedOperation.NotFound",
  "InternalError.ConfNotFound",
  "InternalError.DomainNotExist",
  "InternalError.NotFound",
  "InternalError.RuleNotFound",
  "InvalidParameter.ConfNotFound",
  "InvalidParameter.RuleNotFound",
  "ResourceNotFound.DomainNotExist",
]);
const IN_USE = new Set(["FailedOperation.ConfInUsed", "InternalError.ConfInUsed", "InternalError.RuleInUsing"]);

const hasCode = (error: unknown, test: (code: string) => boolean): boolean =>
  error instanceof ApiError && test(error.code);

/** The template, rule or domain that the call was about does not exist. An authorisation error never counts. */
export const isNotFound = (error: unknown): boolean => hasCode(error, (code) => NOT_FOUND.has(code));

/** The template is still bound to a domain. */
export const isInUse = (error: unknown): boolean => hasCode(error, (code) => IN_USE.has(code));

/** A rule for this domain and app exists already. */
export const isDuplicateRule = (error: unknown): boolean =>
  hasCode(error, (code) => code.endsWith(".RuleAlreadyExist"));

/** The account has no domain at all, or none that matches. */
export const isEmptyList = (error: unknown): boolean => hasCode(error, (code) => code === "ResourceNotFound.EmptyData");

/** The endpoint does not know a field of the request. */
export const isUnknownParameter = (error: unknown): boolean => hasCode(error, (code) => code === "UnknownParameter");

/** The credentials are good, but may not do this. */
export const isForbidden = (error: unknown): boolean =>
  hasCode(error, (code) => /^(AuthFailure\.)?UnauthorizedOperation(\.|$)/.test(code));

/** The API does not take the key or its token: they have expired, were deleted, or do not belong together. */
export const isRefusedKey = (error: unknown): boolean =>
  hasCode(error, (code) => /^AuthFailure\.(TokenFailure|SecretIdNotFound|InvalidSecretId)$/.test(code));

/** The API refused the call because too many came; it was not executed. */
export const isThrottled = (error: unknown): boolean => hasCode(error, (code) => THROTTLED.test(code));

/** A fault on the cloud's side that passes; sub-codes other than these are final. */
export const isPassingFault = (error: unknown): boolean => hasCode(error, (code) => PASSING_FAULTS.has(code));

/** The call failed, and it is unknown whether the cloud carried it out all the same. */
export function mayHaveExecuted(error: unknown): boolean {
  if (error instanceof TransportError) return error.mayHaveExecuted;
  return hasCode(error, (code) => code === "InternalError");
}

/** The same failure, by its code and request, with another reason and remedy. */
export function reworded(failure: LiveError, reason: string, remedy: string): ProviderError {
  const { code, action, requestId, retryable } = failure;
  return new ProviderError(reason, { code, action, requestId, retryable, remedy, cause: failure });
}

/** The same failure, with what came of it added to the reason. */
export function withOutcome(failure: unknown, outcome: string): unknown {
  if (!(failure instanceof LiveError)) return failure;
  return reworded(failure, `${failure.message}; ${outcome}`, failure.remedy);
}
