import type { Phrase } from "../words";

/** A key pair, the token that goes with it if it is temporary, and where it was found. */
export interface Credentials {
  secretId: string;
  secretKey: string;
  securityToken?: string | undefined;
  /** When they expire, in milliseconds since 1970. Absent: never, as far as is known. */
  expiresAt?: number | undefined;
  /** Where they come from, for error messages: `the stack configuration`, `the environment`. */
  source: Phrase;
  /** What to do when the API refuses them, beside the API's own reason. */
  remedy?: Phrase | undefined;
}

/**
 * Returns the credentials to sign with. They are found at the first call, because a no-op update needs none.
 * When called with credentials that the API has just rejected, it looks for others, and may return the same.
 */
export type GetCredentials = (refused?: Credentials) => Credentials | Promise<Credentials>;

/** Whether two are the same to the API. */
export const sameKeys = (one: Credentials, other: Credentials): boolean =>
  one.secretId === other.secretId && one.secretKey === other.secretKey && one.securityToken === other.securityToken;
