/**
 * What the public documents leave open about temporary keys, each as one switch like those of
 * `dialectSwitches`.
 */
export const stsSwitches = {
  /**
   * The code for a temporary key that has expired. Both are common codes, with no word on this case.
   * Assumption.
   */
  expiredKeyCode: ["AuthFailure.TokenFailure", "AuthFailure.SecretIdNotFound"],
} as const;

/** One choice for every open question about temporary keys. */
export type StsDialect = { readonly [K in keyof typeof stsSwitches]: (typeof stsSwitches)[K][number] };
