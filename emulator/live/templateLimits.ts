import { isIP } from "node:net";
import type { Request } from "../../provider/api/contract/live";
import type { Dialect } from "../dialect";
import { ApiError } from "../http/apiError";

type Fields = Partial<Request<"CreateLiveCallbackTemplate">>;

const NAME_BYTES = 255;
const DESCRIPTION_BYTES = 1024;
/** Chinese characters, letters, digits, `_` and `-`. */
const CHARSET = /^[\p{Script=Han}A-Za-z0-9_-]*$/u;
/** What the console takes as a callback key. */
const CONSOLE_KEY = /^[A-Za-z0-9]{0,32}$/;
/** `alarm` is the word of the read model and of the console. */
const LEVELS = ["error", "warning", "info", "alarm"];
const PRIVATE_ADDRESS = /^(?:0\.|10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[(?:::|f[cd]|fe80:))/;
const PRIVATE_NAME = /^[^.]+$|\.(?:local|localhost|internal|invalid|test)$/;

/** Whether at least one callback URL is set. */
export function hasUrl(fields: Fields): boolean {
  return urls(fields).length > 0;
}

/** Refuses fields beyond the limits of the API reference. The code for each is an assumption where the list names none. */
export function checkTemplate(fields: Fields, dialect: Dialect): void {
  if (fields.TemplateName !== undefined) checkName(fields.TemplateName, dialect);
  const description = fields.Description ?? "";
  if (Buffer.byteLength(description) > DESCRIPTION_BYTES) refuse("Description", `at most ${DESCRIPTION_BYTES} bytes`);
  if (dialect.descriptionCharsetEnforced && !CHARSET.test(description)) {
    refuse("Description", "Chinese characters, letters, digits, _ and -");
  }
  if (dialect.callbackKeyLimited && !CONSOLE_KEY.test(fields.CallbackKey ?? "")) {
    refuse("CallbackKey", "at most 32 letters and digits");
  }
  for (const level of fields.RecordExceptionLevels ?? []) {
    if (!LEVELS.includes(level)) refuse("RecordExceptionLevels", "error, warning, info");
  }
  for (const [name, url] of urls(fields)) checkUrl(name, url, dialect);
}

function checkName(name: string, dialect: Dialect): void {
  const fits = name !== "" && Buffer.byteLength(name) <= NAME_BYTES;
  if (fits && (!dialect.nameCharsetEnforced || CHARSET.test(name))) return;
  throw new ApiError(
    "InvalidParameter.ArgsNotMatch",
    `Incorrect template name: 1 to ${NAME_BYTES} bytes of Chinese characters, letters, digits, _ and -.`,
  );
}

function checkUrl(name: string, text: string, dialect: Dialect): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const web = url?.protocol === "http:" || url?.protocol === "https:";
  if (url && web && (!dialect.urlHostChecked || isPublic(url.hostname))) return;
  throw new ApiError("InvalidParameter.UrlNotSafe", `Failed to resolve the domain name of ${name}.`);
}

function isPublic(host: string): boolean {
  const address = host.startsWith("[") || isIP(host) !== 0;
  return address ? !PRIVATE_ADDRESS.test(host) : !PRIVATE_NAME.test(host);
}

function urls(fields: Fields): [name: string, url: string][] {
  return Object.entries(fields).flatMap(([name, value]) =>
    name.endsWith("NotifyUrl") && typeof value === "string" && value !== "" ? [[name, value]] : [],
  );
}

function refuse(name: string, limit: string): never {
  throw new ApiError("InvalidParameterValue", `The value of ${name} is not valid: ${limit}.`);
}
