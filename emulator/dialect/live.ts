/**
 * What the public documents leave open, each as one switch: all values that are plausible, the default first.
 * "Source" says where the default comes from; "assumption" means that it has not been observed on the real
 * service. A program that works under every value works whatever the service does.
 */
export const dialectSwitches = {
  /** Does `""` (or `[]`) in a Modify clear the field? `false`: it is ignored. Assumption. */
  emptyStringClears: [true, false],
  /** Does a Modify leave a field alone that it does not name? `false`: the field is cleared. Assumption. */
  omittedKeeps: [true, false],
  /** May a Modify leave a template without any URL? Only Create documents that one is needed. Assumption. */
  modifyToNoUrl: ["accepted", "refused"],

  /**
   * A second rule for one domain and app. The product's code list has a code for it, this action's has not.
   * Assumption.
   */
  duplicateRule: ["error", "overwrite"],
  /**
   * The code of that error. Source: product list of error codes; a user's report on record rules for the
   * plain one.
   */
  duplicateRuleCode: ["InternalError.RuleAlreadyExist", "InternalError", "InvalidParameter"],
  /**
   * May one domain have rules of several apps? The console says one template for a domain, the API's key says
   * many. Assumption.
   */
  rulesPerDomain: ["many", "one"],

  /**
   * `AppName: ""` in CreateLiveCallbackRule, the rule of a whole domain. Source: sibling rules of the same
   * API.
   */
  appNameEmpty: ["accepted", "refused"],
  /**
   * How the list shows the app of a rule of a whole domain. `star` also lets `*` name it in requests.
   * Assumption.
   */
  appNameEmptyReads: ["empty", "null", "missing", "star"],
  /** Which domain a rule may be made for, where the emulator knows the account's domains. Assumption. */
  bindChecksDomain: ["exists", "enabledPush", "nothing"],
  /** The code for a domain that fails that check; no code is documented for it. Assumption. */
  bindDomainCode: ["InvalidParameter", "InvalidParameter.DomainFormatError", "InvalidParameter.ConfNotFound"],

  /**
   * Describe, Modify, Delete of an unknown template. Source: all three are listed; the default's text fits
   * best.
   */
  templateNotFoundCode: ["InternalError.ConfNotFound", "FailedOperation.NotFound", "InternalError.NotFound"],
  /** A rule for an unknown template. Source: both are listed for CreateLiveCallbackRule. */
  bindTemplateNotFoundCode: ["InternalError.ConfNotFound", "InvalidParameter.ConfNotFound"],
  /**
   * Delete of an unknown rule. Source: the first is listed for the action, the others only for the product.
   */
  ruleNotFoundCode: ["FailedOperation.NotFound", "InternalError.RuleNotFound", "InvalidParameter.RuleNotFound"],
  /** Is a template that a rule uses kept? Source: the console's manual. */
  inUseEnforced: [true, false],
  /** The code for it. Source: both are listed for the action, with the same text. */
  inUseCode: ["FailedOperation.ConfInUsed", "InternalError.ConfInUsed"],
  /** An unknown domain in DescribeLiveDomain. Source: Terraform's test matches the first, both are listed. */
  domainNotFoundCode: ["ResourceNotFound.DomainNotExist", "InternalError.DomainNotExist"],
  /**
   * DescribeLiveDomains where no domain matches. `error` is `ResourceNotFound.EmptyData`, which is listed.
   * Assumption.
   */
  emptyDomainList: ["list", "error"],

  /**
   * Do the templates read back carry `RecordStatusNotifyUrl`? Source: the published model has no such member.
   */
  recordStatusReturned: [false, true],
  /**
   * How a template shows a field that is not set. `documented` mixes: `null` for the two URLs documented as
   * nullable, members for recording exceptions left out, `""` otherwise. Source: API model.
   */
  unsetReads: ["documented", "empty", "null", "missing"],
  /**
   * The level between error and info when read back: as it was sent, or always the console's `alarm`.
   * Assumption.
   */
  levelSpelling: ["asSent", "alarm"],
  /**
   * Times of rules, always Beijing time: `YYYY-MM-DD hh:mm:ss`, or with `T` and `+08:00`. Source: examples
   * show both.
   */
  timeFormat: ["plain", "rfc3339"],

  /** Is a second template of the same name refused, with `InvalidParameter.ArgsNotMatch`? Assumption. */
  uniqueTemplateNames: [false, true],
  /** Are a name's characters checked? Source: API reference of the field. */
  nameCharsetEnforced: [true, false],
  /**
   * Are a description's characters checked? Source: Terraform's acceptance test uses spaces, against the
   * reference.
   */
  descriptionCharsetEnforced: [false, true],
  /** Does the API hold the callback key to the console's limit, 32 letters and digits? Assumption. */
  callbackKeyLimited: [false, true],
  /**
   * Must a callback URL's host be public? The API resolves it (`InvalidParameter.UrlNotSafe`). The emulator
   * looks nothing up: with `true` it refuses private addresses and names. The default is off so that local
   * receivers can be used.
   */
  urlHostChecked: [false, true],
  /**
   * `older` is the API model of the international site: it lacks audio audit, recording status and recording
   * exceptions.
   */
  apiModel: ["current", "older"],
} as const;

/**
 * One choice for every open question; `startEmulator({ dialect: { duplicateRule: "overwrite" } })` changes
 * some.
 */
export type LiveDialect = { readonly [K in keyof typeof dialectSwitches]: (typeof dialectSwitches)[K][number] };
