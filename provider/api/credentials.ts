import type { Phrase } from "../words";

/** A key pair, its token if it is temporary, and its source. */
export interface Credentials {
  secretId: string;
  secretKey: string;
  securityToken?: string | undefined;
  /** Identifies the role of a session. All sessions of one role belong to one account. */
  role?: string | undefined;
  /** The expiry time in milliseconds since 1970; absent if none is known. */
  expiresAt?: number | undefined;
  /** The source, for error messages: `the stack configuration`, `the environment`. */
  source: Phrase;
  /** What to do when the API rejects the credentials, in addition to the remedy for the error code. */
  remedy?: Phrase | undefined;
}

/**
 * Returns the credentials to sign with. They are resolved at the first call, because a no-op update needs
 * none. Called with credentials that the API has rejected, it looks for new ones, and may return the same.
 */
export type GetCredentials = (rejected?: Credentials) => Credentials | Promise<Credentials>;

/** Returns whether two credentials have the same keys and token. */
export const sameKeys = (one: Credentials, other: Credentials): boolean =>
  one.secretId === other.secretId && one.secretKey === other.secretKey && one.securityToken === other.securityToken;
