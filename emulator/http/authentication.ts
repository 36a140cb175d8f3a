import { canonicalRequest, type SigningKeys, signature, signingKey, stringToSign } from "../../provider/api/signature";
import { ApiError } from "../apiError";
import { type HttpRequest, header } from "./messages";

/** A key pair that may sign, with its session token if it is temporary. */
export interface Credential extends SigningKeys {
  /** The session token of a temporary pair. @default none: a permanent pair */
  token?: string;
  /** When it expires, in milliseconds since 1970. @default never */
  expiresAt?: number;
  /** The account that it belongs to. @default the emulator's */
  accountId?: string;
  /** The role that it was issued for. @default none: keys of a user */
  arn?: string;
}

/** Any service is accepted: official SDKs derive it from the endpoint. */
const SCOPE = String.raw`(?<secretId>[^/\s,]+)/(?<date>\d{4}-\d\d-\d\d)/(?<service>[^/\s,]+)/tc3_request`;
const SIGNED_HEADERS = "(?<signedHeaders>[a-z0-9;-]+)";
const SIGNATURE = "(?<signed>[0-9a-f]{64})";

/** Matches the `Authorization` header. */
const AUTHORIZATION = new RegExp(
  String.raw`^TC3-HMAC-SHA256 Credential=${SCOPE},\s*SignedHeaders=${SIGNED_HEADERS},\s*Signature=${SIGNATURE}$`,
);

const MANDATORY_HEADERS = ["content-type", "host"];
const TOLERANCE_S = 300;

interface Authorization {
  secretId: string;
  date: string;
  service: string;
  signedHeaders: string[];
  signed: string;
}

/** The accepted keys, and the error code for expired ones. */
export interface KeyRing {
  find: (secretId: string) => Credential | undefined;
  expiredKeyCode: string;
}

/**
 * Returns the key pair that signed a request. `now` is in milliseconds since 1970.
 * @throws ApiError if the request is not signed with an accepted key, or not within 5 minutes of `now`
 *
 * @see https://www.tencentcloud.com/document/api/267/30763
 */
export function authenticate(request: HttpRequest, { find, expiredKeyCode }: KeyRing, now: number): Credential {
  const claimed = parseAuthorization(header(request, "authorization"));
  const timestamp = parseTimestamp(header(request, "x-tc-timestamp"));
  if (Math.abs(now / 1000 - timestamp) > TOLERANCE_S) {
    throw new ApiError(
      "AuthFailure.SignatureExpire",
      "The signature expired: the clocks differ by more than 5 minutes.",
    );
  }
  const credential = find(claimed.secretId);
  if (!credential) throw new ApiError("AuthFailure.SecretIdNotFound", "The SecretId is not found.");
  if (header(request, "x-tc-token") !== (credential.token ?? "")) {
    throw new ApiError("AuthFailure.TokenFailure", "The token is not valid.");
  }
  if (now >= (credential.expiresAt ?? Number.POSITIVE_INFINITY)) {
    throw new ApiError(expiredKeyCode, "The temporary key has expired.");
  }
  if (!isSigned(request, claimed, credential.secretKey, timestamp)) {
    throw new ApiError(
      "AuthFailure.SignatureFailure",
      "The provided credentials could not be validated. Please check your signature is correct.",
    );
  }
  return credential;
}

function parseAuthorization(value: string): Authorization {
  const parts = AUTHORIZATION.exec(value)?.groups;
  const signedHeaders = parts?.["signedHeaders"]?.split(";") ?? [];
  if (!parts || !MANDATORY_HEADERS.every((name) => signedHeaders.includes(name))) {
    throw new ApiError("AuthFailure.InvalidAuthorization", "The Authorization header is not valid.");
  }
  return { ...(parts as unknown as Omit<Authorization, "signedHeaders">), signedHeaders };
}

function parseTimestamp(value: string): number {
  if (value === "") throw new ApiError("MissingParameter", "The X-TC-Timestamp header is missing.");
  if (!/^\d{1,12}$/.test(value))
    throw new ApiError("InvalidParameter", "X-TC-Timestamp is not a UNIX time in seconds.");
  return Number(value);
}

function isSigned(request: HttpRequest, claimed: Authorization, secretKey: string, timestamp: number): boolean {
  const key = signingKey(secretKey, claimed.date, claimed.service);
  const headers = Object.fromEntries(claimed.signedHeaders.map((name) => [name, header(request, name)]));
  const isSignedFor = (host: string): boolean => {
    const canonical = canonicalRequest({
      method: request.method,
      query: "",
      headers: { ...headers, host },
      signedHeaders: claimed.signedHeaders,
      payload: request.body ?? "",
    });
    return signature(key, stringToSign(timestamp, claimed.service, canonical)) === claimed.signed;
  };
  const host = header(request, "host");
  // The Node SDK signs the host without its port, the Go SDK with it.
  return isSignedFor(host) || isSignedFor(host.replace(/:\d+$/, ""));
}
