import type { z } from "zod";
import type { Credential } from "./authentication";
import type { contracts, EmulatedAction } from "./contracts";
import type { FullDialect } from "./dialect";
import { domainActions } from "./domainActions";
import type { Domains } from "./domains";
import type { CallbackLog } from "./events/callbackLog";
import { logActions } from "./events/logActions";
import { ruleActions } from "./ruleActions";
import type { Store } from "./store";
import { stsActions } from "./sts/actions";
import type { Roles } from "./sts/roles";
import type { Sessions } from "./sts/sessions";
import { templateActions } from "./templateActions";

/** What an action works on. */
export interface Context {
  store: Store;
  domains: Domains;
  dialect: FullDialect;
  /** Milliseconds since 1970. */
  now: number;
  templateLimit: number;
  callbackLog: CallbackLog;
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
