/**
 * The open questions of the public documents. Each has one switch: all plausible values, the default first.
 * "Source" is the origin of the default; "assumption" means that it has not been observed on the real
 * service. A program that works under every value works however the service behaves.
 */
export const dialectSwitches = {
  /** Does `""` (or `[]`) in a Modify clear the field? `false`: it is ignored. Assumption. */
  emptyStringClears: [true, false],
  /** Does a Modify keep a field that it does not contain? `false`: the field is cleared. Assumption. */
  omittedKeeps: [true, false],
  /** May a Modify leave a template without a URL? Only Create documents that one is required. Assumption. */
  modifyToNoUrl: ["accepted", "refused"],

  /**
   * What does a second rule for the same domain and app do? There is a code for it in the product's list of
   * codes, but not in the action's. Assumption.
   */
  duplicateRule: ["error", "overwrite"],
  /**
   * The code of that error. Source: the product's list of error codes; for the plain code, a user's report on
   * record rules.
   */
  duplicateRuleCode: ["InternalError.RuleAlreadyExist", "InternalError", "InvalidParameter"],
  /**
   * May one domain have rules of several apps? In the console, a domain has one template; the key of the API
   * allows many. Assumption.
   */
  rulesPerDomain: ["many", "one"],

  /**
   * Is `AppName: ""` accepted in CreateLiveCallbackRule, for a rule of the whole domain? Source: sibling
   * rules of the same API.
   */
  appNameEmpty: ["accepted", "refused"],
  /**
   * How does the list return the app of a rule of a whole domain? With `star`, requests may also use `*` for
   * it. Assumption.
   */
  appNameEmptyReads: ["empty", "null", "missing", "star"],
  /** What is required of the domain of a new rule, if the emulator has a list of domains? Assumption. */
  bindChecksDomain: ["exists", "enabledPush", "nothing"],
  /** The code for a domain that fails that check. No code is documented for it. Assumption. */
  bindDomainCode: ["InvalidParameter", "InvalidParameter.DomainFormatError", "InvalidParameter.ConfNotFound"],

  /**
   * The code for a Describe, Modify or Delete of an unknown template. Source: all three are listed; the
   * description of the default fits best.
   */
  templateNotFoundCode: ["InternalError.ConfNotFound", "FailedOperation.NotFound", "InternalError.NotFound"],
  /** The code for a rule of an unknown template. Source: both are listed for CreateLiveCallbackRule. */
  bindTemplateNotFoundCode: ["InternalError.ConfNotFound", "InvalidParameter.ConfNotFound"],
  /**
   * The code for a Delete of an unknown rule. Source: the first is listed for the action, the others only for
   * the product.
   */
  ruleNotFoundCode: ["FailedOperation.NotFound", "InternalError.RuleNotFound", "InvalidParameter.RuleNotFound"],
  /** Does a Delete fail while a rule uses the template? Source: the console's manual. */
  inUseEnforced: [true, false],
  /** The code of that error. Source: both are listed for the action, with the same description. */
  inUseCode: ["FailedOperation.ConfInUsed", "InternalError.ConfInUsed"],
  /** The code for an unknown domain. Source: both are listed; Terraform's test expects the first. */
  domainNotFoundCode: ["ResourceNotFound.DomainNotExist", "InternalError.DomainNotExist"],
  /**
   * What does DescribeLiveDomains return if no domain matches? `error` is `ResourceNotFound.EmptyData`, which
   * is listed. Assumption.
   */
  emptyDomainList: ["list", "error"],

  /** Do returned templates have `RecordStatusNotifyUrl`? Source: the published model has no such member. */
  recordStatusReturned: [false, true],
  /**
   * How is an unset field of a template returned? `documented`: `null` for the two URLs that are documented
   * as nullable, absent for recording exceptions, `""` for others. Source: the API model.
   */
  unsetReads: ["documented", "empty", "null", "missing"],
  /**
   * How is the level between error and info returned: as it was sent, or always as the console's `alarm`?
   * Assumption.
   */
  levelSpelling: ["asSent", "alarm"],
  /**
   * The format of the times of rules, always Beijing time: `YYYY-MM-DD hh:mm:ss`, or with `T` and `+08:00`.
   * Source: the examples have both.
   */
  timeFormat: ["plain", "rfc3339"],

  /** Is a second template with the same name rejected, with `InvalidParameter.ArgsNotMatch`? Assumption. */
  uniqueTemplateNames: [false, true],
  /** Are the characters of a name checked? Source: the API reference of the field. */
  nameCharsetEnforced: [true, false],
  /**
   * Are the characters of a description checked? Source: Terraform's acceptance test uses spaces, which the
   * reference does not allow.
   */
  descriptionCharsetEnforced: [false, true],
  /** Does the API apply the console's limit of 32 letters and digits to the callback key? Assumption. */
  callbackKeyLimited: [false, true],
  /**
   * Must the host of a callback URL be public? The API resolves it (`InvalidParameter.UrlNotSafe`). The
   * emulator does not: with `true`, it rejects private addresses and names. The default is `false` so that
   * local receivers can be used.
   */
  urlHostChecked: [false, true],
  /**
   * Which version of the API model applies? `older` is the model of the international site, without audio
   * audit, recording status and recording exceptions.
   */
  apiModel: ["current", "older"],
} as const;

/**
 * One choice for every open question, for example
 * `startEmulator({ dialect: { duplicateRule: "overwrite" } })`.
 */
export type LiveDialect = { readonly [K in keyof typeof dialectSwitches]: (typeof dialectSwitches)[K][number] };
