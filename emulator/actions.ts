import type { z } from "zod";
import type { Action, actions } from "../provider/api/actions";
import type { FullDialect } from "./dialect";
import { domainActions } from "./domainActions";
import type { Domains } from "./domains";
import type { CallbackLog } from "./events/callbackLog";
import { logActions } from "./events/logActions";
import { ruleActions } from "./ruleActions";
import type { Store } from "./store";
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
}

/** A request whose parameters have been checked. */
export type Parameters<A extends Action> = z.output<(typeof actions)[A]["request"]>;

/** One function per action. It assumes valid parameters, and throws an `ApiError` where the cloud refuses. */
export type Handlers<Names extends Action = Action> = {
  [A in Names]: (parameters: Parameters<A>, context: Context) => z.input<(typeof actions)[A]["response"]>;
};

/** Every action of the emulator, by its name. */
export const handlers: Handlers = { ...templateActions, ...ruleActions, ...domainActions, ...logActions };
