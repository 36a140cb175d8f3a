import { ApiError } from "../apiError";

/** A role of the emulated cloud. Without `webIdentity` whoever has keys may assume it. */
export interface EmulatorRole {
  /** For example `qcs::cam::uin/100000000001:roleName/deployer`. The session belongs to the account that it names. */
  arn: string;
  /** What `AssumeRole` has to name. @default none */
  externalId?: string;
  /** Only these tokens of this identity provider open it. @default keys open it, tokens do not */
  webIdentity?: { providerId: string; tokens: readonly string[] };
}

const ARN = /^qcs::cam::uin\/(\d+):role(Name)?\/\S+$/;

/** The roles that exist. */
export class Roles {
  readonly #listed: readonly EmulatorRole[] | undefined;

  constructor(listed: readonly EmulatorRole[] | undefined) {
    this.#listed = listed;
  }

  /** A role by its ARN; without a list, every well-formed one exists. */
  find(arn: string): EmulatorRole | undefined {
    if (!ARN.test(arn)) throw new ApiError("InvalidParameter.ParamError", "RoleArn is not valid.");
    return this.#listed ? this.#listed.find((role) => role.arn === arn) : { arn };
  }

  /** Whether a token of an identity provider opens every role, as there is no list of them. */
  get open(): boolean {
    return this.#listed === undefined;
  }
}

/** The account that a role belongs to. */
export function accountOf(arn: string): string {
  return ARN.exec(arn)?.[1] ?? "";
}
