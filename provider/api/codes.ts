/** The error codes of this provider, as opposed to those of the API. `docs/errors.md` explains each one. */
export const PROVIDER_CODES = [
  "Provider.AccountNotAllowed",
  "Provider.AccountUnknown",
  "Provider.AlreadyBound",
  "Provider.AlreadyExists",
  "Provider.AlreadyManaged",
  "Provider.CredentialsNotFound",
  "Provider.Defect",
  "Provider.DomainNotUsable",
  "Provider.DuplicateResource",
  "Provider.HttpStatus",
  "Provider.InUse",
  "Provider.Interrupted",
  "Provider.InvalidConfiguration",
  "Provider.InvalidId",
  "Provider.InvalidResponse",
  "Provider.NetworkError",
  "Provider.NotCleared",
  "Provider.NotFound",
  "Provider.OutcomeUnknown",
  "Provider.StateTooNew",
  "Provider.Timeout",
  "Provider.TlsError",
  "Provider.WouldOverwrite",
  "Provider.WrongAccount",
] as const;

export type ProviderCode = (typeof PROVIDER_CODES)[number];

/**
 * The API's error codes that are handled specially. A `*` at the beginning or the end matches any text.
 */
export const API_CODES = {
  /** The call exceeded a rate limit, and was not executed. */
  throttled: ["RequestLimitExceeded", "RequestLimitExceeded.*", "LimitExceeded.RateLimitExceeded"],
  /** A transient error of the cloud. Sub-codes other than these are final. */
  transient: [
    "InternalError",
    "InternalError.ConnectDbError",
    "InternalError.DBError",
    "FailedOperation.CallOtherSvrFailed",
  ],
  /** The call may have been executed despite the error. */
  outcomeUnknown: ["InternalError"],
  /** The template, rule or domain of the call does not exist. */
  notFound: [
    "FailedOperation.NotFound",
    "InternalError.ConfNotFound",
    "InternalError.DomainNotExist",
    "InternalError.NotFound",
    "InternalError.RuleNotFound",
    "InvalidParameter.ConfNotFound",
    "InvalidParameter.RuleNotFound",
    "ResourceNotFound.DomainNotExist",
  ],
  /** The template is still bound to a domain. */
  inUse: ["FailedOperation.ConfInUsed", "InternalError.ConfInUsed", "InternalError.RuleInUsing"],
  /** A rule for this domain and app exists already. */
  duplicateRule: ["*.RuleAlreadyExist"],
  /** The account has no matching domain. */
  emptyList: ["ResourceNotFound.EmptyData"],
  /** The endpoint does not support a field of the request. */
  unknownParameter: ["UnknownParameter"],
  /** The credentials are valid, but not authorized for the action. */
  forbidden: [
    "AuthFailure.UnauthorizedOperation",
    "AuthFailure.UnauthorizedOperation.*",
    "UnauthorizedOperation",
    "UnauthorizedOperation.*",
  ],
  /**
   * The API rejects the key or its token: they have expired, were deleted, or do not belong together.
   */
  rejectedCredentials: ["AuthFailure.InvalidSecretId", "AuthFailure.SecretIdNotFound", "AuthFailure.TokenFailure"],
} as const satisfies Record<string, readonly string[]>;

/** Returns whether a code matches a pattern, which may begin or end with a `*` for any text. */
export function matchesCode(code: string, pattern: string): boolean {
  if (pattern.endsWith("*")) return code.startsWith(pattern.slice(0, -1));
  return pattern.startsWith("*") ? code.endsWith(pattern.slice(1)) : code === pattern;
}
