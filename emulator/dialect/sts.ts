/**
 * The open questions of the public documents about temporary keys. Each has one switch, like those of
 * `dialectSwitches`.
 */
export const stsSwitches = {
  /**
   * The code for an expired temporary key. Both are common codes whose descriptions do not mention this case.
   * Assumption.
   */
  expiredKeyCode: ["AuthFailure.TokenFailure", "AuthFailure.SecretIdNotFound"],
} as const;

/** One choice for every open question about temporary keys. */
export type StsDialect = { readonly [K in keyof typeof stsSwitches]: (typeof stsSwitches)[K][number] };
