import { createHash, createHmac } from "node:crypto";

/**
 * The name of the signature algorithm. This file has one function for each step of its specification. The
 * client signs and the emulator verifies with them; its test has the published vectors.
 *
 * @see https://www.tencentcloud.com/document/api/267/30763
 */
export const ALGORITHM = "TC3-HMAC-SHA256";

const TERMINATOR = "tc3_request";

/** The parts of an HTTP request that enter the canonical request, and so are signed. */
export interface SignableRequest {
  /** `POST` or `GET`. */
  method: string;
  /** The query string without `?`; empty for `POST`. */
  query: string;
  /** Header values by lower-case name; at least every name in `signedHeaders`. */
  headers: Record<string, string>;
  /** Lower-case header names that the signature covers; `content-type` and `host` are mandatory. */
  signedHeaders: readonly string[];
  /** The body, byte for byte as it is sent. */
  payload: string | Buffer;
}

/** A long-lived or temporary key pair of Tencent Cloud. */
export interface SigningKeys {
  /** Identifies the key; not a secret. */
  secretId: string;
  /** The secret part of the key. */
  secretKey: string;
}

const sha256 = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, data: string): Buffer => createHmac("sha256", key).update(data).digest();

/** Returns the UTC date (`YYYY-MM-DD`) of a UNIX timestamp in seconds. */
export function utcDate(timestamp: number): string {
  return new Date(timestamp * 1000).toISOString().slice(0, 10);
}

/** Step 1: the canonical request. The URI is always `/`. */
export function canonicalRequest(request: SignableRequest): string {
  const names = [...request.signedHeaders].sort();
  const canonicalHeaders = names.map((name) => `${name}:${(request.headers[name] ?? "").trim().toLowerCase()}\n`);
  return [request.method, "/", request.query, canonicalHeaders.join(""), names.join(";"), sha256(request.payload)].join(
    "\n",
  );
}

/** The credential scope: `<UTC date>/<service>/tc3_request`. */
export function credentialScope(date: string, service: string): string {
  return [date, service, TERMINATOR].join("/");
}

/** Step 2: the string to sign. */
export function stringToSign(timestamp: number, service: string, canonical: string): string {
  return [ALGORITHM, String(timestamp), credentialScope(utcDate(timestamp), service), sha256(canonical)].join("\n");
}

/** Step 3a: the signing key, derived from the secret key, the date and the service. */
export function signingKey(secretKey: string, date: string, service: string): Buffer {
  const secretDate = hmac(`TC3${secretKey}`, date);
  const secretService = hmac(secretDate, service);
  return hmac(secretService, TERMINATOR);
}

/** Step 3b: the signature, in lower-case hexadecimal. */
export function signature(key: Buffer, toSign: string): string {
  return hmac(key, toSign).toString("hex");
}

/** Step 4: the value of the `Authorization` header. */
export function authorization(keys: SigningKeys, timestamp: number, service: string, request: SignableRequest): string {
  const date = utcDate(timestamp);
  const toSign = stringToSign(timestamp, service, canonicalRequest(request));
  const signed = signature(signingKey(keys.secretKey, date, service), toSign);
  const names = [...request.signedHeaders].sort().join(";");
  const credential = `${keys.secretId}/${credentialScope(date, service)}`;
  return `${ALGORITHM} Credential=${credential}, SignedHeaders=${names}, Signature=${signed}`;
}
