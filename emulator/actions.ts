import type { z } from "zod";
import { live } from "../provider/api/contract/live";
import { sts } from "../provider/api/contract/sts";
import type { Domains } from "./account/domains";
import type { Store } from "./account/store";
import type { Dialect } from "./dialect";
import type { LoggedCall } from "./events/eventDelivery";
import type { Credential } from "./http/authentication";
import type { Recent } from "./recent";
import type { Roles, Sessions } from "./sts/roles";

/** The request and the response of every action of the emulator, of both services. */
export const contracts = { ...live.actions, ...sts.actions };

/** The name of an action of the emulator. */
export type EmulatedAction = keyof typeof contracts;

/** Returns the API version of an action. The action also determines the service, as there is one host. */
export function versionOf(action: EmulatedAction): string {
  return Object.hasOwn(sts.actions, action) ? sts.version : live.version;
}

/** Returns whether an action may be unsigned. */
export function isUnsigned(action: EmulatedAction): boolean {
  return "unsigned" in contracts[action];
}

/** The state that an action works on. */
export interface Context {
  store: Store;
  domains: Domains;
  dialect: Dialect;
  /** Milliseconds since 1970. */
  now: number;
  templateLimit: number;
  callbackLog: Recent<LoggedCall>;
  /** The account of keys that have no account of their own. */
  accountId: string;
  roles: Roles;
  sessions: Sessions;
  /** The keys that signed the request; absent for an action without a signature. */
  caller: Credential | undefined;
}

/** A request whose parameters have been checked. */
export type Parameters<A extends EmulatedAction> = z.output<(typeof contracts)[A]["request"]>;

/**
 * One function per action. It requires valid parameters, and throws an `ApiError` if the cloud would reject
 * the request.
 */
export type Handlers<Names extends EmulatedAction = EmulatedAction> = {
  [A in Names]: (parameters: Parameters<A>, context: Context) => z.input<(typeof contracts)[A]["response"]>;
};
