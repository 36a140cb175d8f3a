import type { z } from "zod";
import type { Domains } from "./account/domains";
import type { Store } from "./account/store";
import type { contracts, EmulatedAction } from "./contracts";
import type { FullDialect } from "./dialect";
import type { LoggedCall } from "./events/eventDelivery";
import type { Credential } from "./http/authentication";
import { logActions } from "./live/callbackRecords";
import { domainActions } from "./live/domains";
import { ruleActions } from "./live/rules";
import { templateActions } from "./live/templates";
import type { Recent } from "./recent";
import { stsActions } from "./sts/actions";
import type { Roles } from "./sts/roles";
import type { Sessions } from "./sts/sessions";

/** What an action works on. */
export interface Context {
  store: Store;
  domains: Domains;
  dialect: FullDialect;
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

/** Every action of the emulator, by its name. */
export const handlers: Handlers = {
  ...templateActions,
  ...ruleActions,
  ...domainActions,
  ...logActions,
  ...stsActions,
};
