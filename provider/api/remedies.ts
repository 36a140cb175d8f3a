import type { Host } from "../host";
import { own, type Words } from "../words";
import { API_CODES, matchesCode, PROVIDER_CODES } from "./codes";

/** The parts of a remedy that depend on the failed call and on the host. */
interface RemedyContext {
  service: string;
  action: string;
  advice: Host["advice"];
}

const allow = ({ service, action }: RemedyContext) => `Allow ${service}:${action} for these credentials in CAM.`;
const slowDown = ({ advice }: RemedyContext) => advice.throttled;

/**
 * What the user can do about each error code of the API. A trailing `*` matches any ending. The first match
 * applies.
 */
export const REMEDIES: readonly (readonly [code: string, remedy: string | ((context: RemedyContext) => string)])[] = [
  ["AuthFailure.SignatureExpire", "Set the clock of this machine: the API accepts a difference of at most 5 minutes."],
  [
    "AuthFailure.SecretIdNotFound",
    "Check the secret id: the key may be disabled or deleted, or belong to the other site (mainland or international).",
  ],
  ["AuthFailure.SignatureFailure", "Check that the secret key belongs to the secret id."],
  [
    "AuthFailure.TokenFailure",
    "The temporary credentials have expired, or the token belongs to another key: get new credentials.",
  ],
  ["AuthFailure.UnauthorizedOperation", allow],
  ["UnauthorizedOperation*", allow],
  ["AuthFailure*", "Check the credentials."],
  ["RequestLimitExceeded*", slowDown],
  ["LimitExceeded.RateLimitExceeded", slowDown],
  ["InternalError.ConfOutLimit", "An account holds at most 50 callback templates: delete those that no domain uses."],
  ["InvalidParameter.UrlNotSafe", "The host of every callback URL must resolve in public DNS."],
  ["InvalidParameter.ArgsNotMatch", "Check templateName: Chinese characters, letters, digits, _ and - only."],
  ["InvalidParameter.DomainFormatError", "Check domainName."],
  [
    "UnknownParameter",
    "This endpoint does not support a field that the program sets: remove it, or use the other site's endpoint.",
  ],
  [
    "UnsupportedOperation.NotLVBCodeMode",
    "This account uses an old mode of the live product that has no callback templates.",
  ],
  ["ResourceNotFound.ForbidService", "The live service of this account is forbidden: see the console."],
  [
    "ResourceNotFound.FreezeService",
    "The live service of this account is frozen, usually because a payment is overdue: see the console.",
  ],
  ["ResourceNotFound.StopService", "The live service of this account is stopped: start it in the console."],
  [
    "ResourceNotFound.UserDisableService",
    "The live service of this account was disabled by its owner: enable it in the console.",
  ],
  ["ResourceNotFound.InvalidUser", "This account has not activated the live service: do so in the console."],
  ["ResourceNotFound.RoleNotFound", "Check the ARN of the role, and the account in it."],
  [
    "InvalidParameter.WebIdentityTokenError",
    "Get a new token from the identity provider. It is valid for minutes, and only for the audience that CAM expects.",
  ],
  ["InternalError.GetRoleError", "Check the ARN of the role, and the account in it."],
  ["InternalError", "Run again; if it repeats, give the request id to Tencent Cloud's support."],
];

/** Returns what to do about an error code of the API; empty if the API's own message has to suffice. */
export function remedyFor(code: string, context: RemedyContext): Words {
  const remedy = REMEDIES.find(([pattern]) => matchesCode(code, pattern))?.[1] ?? "";
  return own(typeof remedy === "string" ? remedy : remedy(context));
}

const DOCUMENTED: ReadonlySet<string> = new Set([
  ...PROVIDER_CODES,
  ...Object.values(API_CODES).flat(),
  ...REMEDIES.map(([code]) => code),
]);

/** Returns whether `docs/errors.md` lists a code as it is, not by a pattern. */
export const isDocumentedCode = (code: string): boolean => DOCUMENTED.has(code);
