import { randomBytes } from "node:crypto";
import type { StsSession } from "../../provider/api/contract/sts";
import { ApiError } from "../apiError";
import type { Credential } from "../http/authentication";
import { RecentByKey } from "../recent";

/** A role of the emulated cloud. Without `webIdentity`, any accepted key may assume it. */
export interface EmulatorRole {
  /** For example `qcs::cam::uin/100000000001:roleName/deployer`. Sessions belong to the ARN's account. */
  arn: string;
  /** The external id that `AssumeRole` must have. @default none */
  externalId?: string;
  /**
   * Only these tokens of this identity provider may assume it.
   *
   * @default keys may assume it, tokens may not
   */
  webIdentity?: {
    /** The name of the identity provider in CAM. */
    providerId: string;
    /** The accepted tokens. */
    tokens: readonly string[];
  };
}

const ARN = /^qcs::cam::uin\/(\d+):role(Name)?\/\S+$/;

/** The roles of the emulated cloud. */
export class Roles {
  readonly #listed: readonly EmulatorRole[] | undefined;

  constructor(listed: readonly EmulatorRole[] | undefined) {
    this.#listed = listed;
  }

  /** Returns a role by its ARN. Without a list, every well-formed role exists. */
  find(arn: string): EmulatorRole | undefined {
    if (!ARN.test(arn)) throw new ApiError("InvalidParameter.ParamError", "RoleArn is not valid.");
    return this.#listed ? this.#listed.find((role) => role.arn === arn) : { arn };
  }

  /** Whether any token may assume every role, because there is no list of roles. */
  get open(): boolean {
    return this.#listed === undefined;
  }
}

/** Returns the account that a role belongs to. */
export function accountOf(arn: string): string {
  return ARN.exec(arn)?.[1] ?? "";
}

/** How long temporary credentials last by default, in seconds. */
export const SESSION_SECONDS = 7200;

/** Temporary credentials that the emulator has issued, and their owner. */
export interface Session extends Credential {
  token: string;
  accountId: string;
  arn: string;
  expiresAt: number;
}

/**
 * The last 10,000 temporary credentials that the emulator has issued. Expired ones are kept, so that they are
 * rejected as expired.
 */
export class Sessions {
  readonly #sessions = new RecentByKey<Session>();

  /** Issues temporary credentials of a role, assumed as `name`. `now` is in milliseconds. */
  begin({ accountId, name }: { accountId: string; name: string }, seconds: number, now: number): Session {
    const secretId = `AKID-temporary-${randomBytes(12).toString("hex")}`;
    const session: Session = {
      secretId,
      secretKey: `TemporaryKey${randomBytes(16).toString("hex")}`,
      token: `TemporaryToken${randomBytes(24).toString("hex")}`,
      accountId,
      arn: `qcs::sts:${accountId}:assumed-role/${name}`,
      expiresAt: (Math.floor(now / 1000) + seconds) * 1000,
    };
    this.#sessions.set(secretId, session);
    return session;
  }

  find(secretId: string): Session | undefined {
    return this.#sessions.get(secretId);
  }

  clear(): void {
    this.#sessions.clear();
  }
}

/** Returns the keys of a session in the API's spelling. */
export function keysOf({ secretId, secretKey, token }: Session): StsSession["Credentials"] {
  return { TmpSecretId: secretId, TmpSecretKey: secretKey, Token: token };
}

/** Returns the expiry of a session in the API's spelling. */
export function expiryOf({ expiresAt }: Session): Pick<StsSession, "ExpiredTime" | "Expiration"> {
  return { ExpiredTime: expiresAt / 1000, Expiration: new Date(expiresAt).toISOString().replace(".000Z", "Z") };
}
