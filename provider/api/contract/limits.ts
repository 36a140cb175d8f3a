/**
 * The limits of a callback template, of the API and of the console, which is stricter.
 *
 * @see https://www.tencentcloud.com/document/product/267/30815 CreateLiveCallbackTemplate
 * @see https://www.tencentcloud.com/document/product/267/31074 the console's manual
 */
export const TEMPLATE_LIMITS = {
  /** Callback templates of an account. */
  perAccount: 50,
  /** Bytes of UTF-8. */
  api: { templateName: 255, description: 1024 },
  /** Characters. */
  console: { templateName: 30, description: 100, callbackKey: 32 },
} as const;

/**
 * The characters of a template's name and, in the console, of its description: Chinese characters, letters,
 * digits, `_` and `-`.
 */
export const NAME_CHARACTERS = /^[\p{Script=Han}A-Za-z0-9_-]+$/u;

const HASH_DIGITS = 7;
/** The console's limit without a hyphen and the hash. */
const FITTING_CHARACTERS = TEMPLATE_LIMITS.console.templateName - HASH_DIGITS - 1;

/**
 * Creates the automatic name of a template: its logical name, shortened to fit the console's limit of 30
 * characters, and 7 digits that identify the resource.
 */
export function createAutoName(logicalName: string, digits: string): string {
  const characters = [...logicalName].map((character) => (NAME_CHARACTERS.test(character) ? character : "-"));
  return `${characters.slice(0, FITTING_CHARACTERS).join("")}-${digits}`;
}

/** The levels of recording exceptions. */
export const RECORD_EXCEPTION_LEVELS = ["error", "warning", "info"] as const;

/** The levels that a program may give; `alarm` is the console's word for `warning`. */
export const ACCEPTED_RECORD_EXCEPTION_LEVELS = [...RECORD_EXCEPTION_LEVELS, "alarm"] as const;

/** A level of recording exceptions. */
export type RecordExceptionLevel = (typeof RECORD_EXCEPTION_LEVELS)[number];

/** The levels that apply if none is set. */
export const DEFAULT_RECORD_EXCEPTION_LEVELS: readonly RecordExceptionLevel[] = ["error"];

/** Returns a level in the API's spelling. */
export const canonicalLevel = (level: string): string => (level === "alarm" ? "warning" : level);
