import { isIP } from "node:net";
import { CALLBACK_EVENTS } from "../../provider/api/contract/events";
import {
  canonicalLevel,
  NAME_CHARACTERS,
  RECORD_EXCEPTION_LEVELS,
  TEMPLATE_LIMITS,
} from "../../provider/api/contract/limits";
import type { Request } from "../../provider/api/contract/live";
import { ApiError, invalidValue } from "../apiError";
import type { LiveDialect } from "../dialect";

type Fields = Partial<Request<"CreateLiveCallbackTemplate">>;

const { api, console: consoleLimits } = TEMPLATE_LIMITS;
const CONSOLE_KEY = new RegExp(`^[A-Za-z0-9]{0,${consoleLimits.callbackKey}}$`);
const LEVELS: readonly string[] = RECORD_EXCEPTION_LEVELS;
/** `StreamMixNotifyUrl` is deprecated and belongs to no event. */
const URL_FIELDS = [...Object.values(CALLBACK_EVENTS).map(({ urlField }) => urlField), "StreamMixNotifyUrl"] as const;
const PRIVATE_ADDRESS = /^(?:0\.|10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[(?:::|f[cd]|fe80:))/;
const PRIVATE_NAME = /^[^.]+$|\.(?:local|localhost|internal|invalid|test)$/;

/** Whether at least one callback URL is set. */
export function hasUrl(fields: Fields): boolean {
  return urls(fields).length > 0;
}

/**
 * Checks fields against the limits of the API reference. The code for a limit is an assumption if the list of
 * codes has none for it.
 */
export function checkTemplate(fields: Fields, dialect: LiveDialect): void {
  if (fields.TemplateName !== undefined) checkName(fields.TemplateName, dialect);
  const description = fields.Description ?? "";
  if (Buffer.byteLength(description) > api.description)
    throw invalidValue("Description", `at most ${api.description} bytes`);
  if (dialect.descriptionCharsetEnforced && description !== "" && !NAME_CHARACTERS.test(description)) {
    throw invalidValue("Description", "Chinese characters, letters, digits, _ and -");
  }
  if (dialect.callbackKeyLimited && !CONSOLE_KEY.test(fields.CallbackKey ?? "")) {
    throw invalidValue("CallbackKey", `at most ${consoleLimits.callbackKey} letters and digits`);
  }
  for (const level of fields.RecordExceptionLevels ?? []) {
    if (!LEVELS.includes(canonicalLevel(level))) throw invalidValue("RecordExceptionLevels", LEVELS.join(", "));
  }
  for (const [name, url] of urls(fields)) checkUrl(name, url, dialect);
}

function checkName(name: string, dialect: LiveDialect): void {
  const fits = name !== "" && Buffer.byteLength(name) <= api.templateName;
  if (fits && (!dialect.nameCharsetEnforced || NAME_CHARACTERS.test(name))) return;
  throw new ApiError(
    "InvalidParameter.ArgsNotMatch",
    `Incorrect template name: 1 to ${api.templateName} bytes of Chinese characters, letters, digits, _ and -.`,
  );
}

function checkUrl(name: string, text: string, dialect: LiveDialect): void {
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
  return URL_FIELDS.flatMap((name) => {
    const url = fields[name];
    return url ? [[name, url]] : [];
  });
}
