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

/** What is sent and answered for every action of the emulator, of both services. */
export const contracts = { ...live.actions, ...sts.actions };

/** The name of an action of the emulator. */
export type EmulatedAction = keyof typeof contracts;

/** The version that an action belongs to; the service itself is told by the action, as the emulator has one host. */
export function versionOf(action: EmulatedAction): string {
  return Object.hasOwn(sts.actions, action) ? sts.version : live.version;
}

/** Whether an action may come without a signature. */
export function isUnsigned(action: EmulatedAction): boolean {
  return "unsigned" in contracts[action];
}

/** What an action works on. */
export interface Context {
  store: Store;
  domains: Domains;
  dialect: Dialect;
  /** Milliseconds since 1970. */
  now: number;
  templateLimit: number;
  callbackLog: Recent<LoggedCall>;
  /** The account that keys without one of their own belong to. */
  accountId: string;
  roles: Roles;
  sessions: Sessions;
  /** Whose signature it is; absent where the action takes none. */
  caller: Credential | undefined;
}

/** A request whose parameters have been checked. */
export type Parameters<A extends EmulatedAction> = z.output<(typeof contracts)[A]["request"]>;

/** One function per action. It assumes valid parameters, and throws an `ApiError` where the cloud refuses. */
export type Handlers<Names extends EmulatedAction = EmulatedAction> = {
  [A in Names]: (parameters: Parameters<A>, context: Context) => z.input<(typeof contracts)[A]["response"]>;
};
