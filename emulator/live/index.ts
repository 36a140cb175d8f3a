import type { Action } from "../../provider/api/contract/live";
import type { Handlers } from "../actions";
import { recordActions } from "./callbackRecords";
import { domainActions } from "./domains";
import { ruleActions } from "./rules";
import { templateActions } from "./templates";

/** The actions of the live product. */
export const liveActions: Handlers<Action> = {
  ...templateActions,
  ...ruleActions,
  ...domainActions,
  ...recordActions,
};
