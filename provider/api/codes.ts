/** The codes of what is decided here rather than by the API. `docs/errors.md` says what each one means. */
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
  /** Too many calls came; this one was not executed. */
  throttled: ["RequestLimitExceeded", "RequestLimitExceeded.*", "LimitExceeded.RateLimitExceeded"],
  /** A fault on the cloud's side that passes; sub-codes other than these are final. */
  transient: [
    "InternalError",
    "InternalError.ConnectDbError",
    "InternalError.DBError",
    "FailedOperation.CallOtherSvrFailed",
  ],
  /** The call may have been carried out all the same. */
  outcomeUnknown: ["InternalError"],
  /** The template, rule or domain that the call was about does not exist. */
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
  /** The account has no domain at all, or none that matches. */
  emptyList: ["ResourceNotFound.EmptyData"],
  /** The endpoint does not know a field of the request. */
  unknownParameter: ["UnknownParameter"],
  /** The credentials are good, but may not do this. */
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

/** Whether a code is the pattern's: the same, or any that begins or ends like it where that has a `*`. */
export function matchesCode(code: string, pattern: string): boolean {
  if (pattern.endsWith("*")) return code.startsWith(pattern.slice(0, -1));
  return pattern.startsWith("*") ? code.endsWith(pattern.slice(1)) : code === pattern;
}
