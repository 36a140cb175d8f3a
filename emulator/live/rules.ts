import { isHostName } from "../../provider/api/contract/hosts";
import { beijingTime } from "../../provider/api/contract/time";
import { type Rule, ruleKey } from "../account/store";
import type { Context, Handlers } from "../actions";
import { ApiError } from "../apiError";
import type { LiveDialect } from "../dialect";

type RuleActions = "CreateLiveCallbackRule" | "DeleteLiveCallbackRule" | "DescribeLiveCallbackRules";

export const ruleActions: Handlers<RuleActions> = {
  CreateLiveCallbackRule({ DomainName, AppName, TemplateId }, context) {
    const { store, dialect, now } = context;
    const app = storedApp(AppName, dialect);
    checkDomain(DomainName, context);
    if (app === "" && dialect.appNameEmpty === "refused") {
      throw new ApiError("InvalidParameter", "AppName must not be empty.");
    }
    if (!store.templates.has(TemplateId)) {
      throw new ApiError(dialect.bindTemplateNotFoundCode, "The template does not exist.");
    }
    const present = conflicting(DomainName, app, context);
    if (present && dialect.duplicateRule === "error") {
      throw new ApiError(dialect.duplicateRuleCode, "The rule already exists.");
    }
    if (present && present.AppName !== app) store.removeRule(present.DomainName, present.AppName);
    const time = new Date(now).toISOString();
    store.putRule({ DomainName, AppName: app, TemplateId, CreateTime: present?.CreateTime ?? time, UpdateTime: time });
    return {};
  },

  DeleteLiveCallbackRule({ DomainName, AppName }, { store, dialect }) {
    if (!store.removeRule(DomainName, storedApp(AppName, dialect))) {
      throw new ApiError(dialect.ruleNotFoundCode, "No records found.");
    }
    return {};
  },

  DescribeLiveCallbackRules(_, { store, dialect }) {
    return { Rules: [...store.rules.values()].map((rule) => ruleView(rule, dialect)) };
  },
};

function checkDomain(name: string, { domains, dialect }: Context): void {
  if (!isHostName(name))
    throw new ApiError("InvalidParameter.DomainFormatError", "The domain name format is incorrect.");
  if (dialect.bindChecksDomain === "nothing") return;
  const domain = domains.find(name);
  const enabledPush = domain?.type === 0 && domain.status === 1;
  if (domain && (dialect.bindChecksDomain === "exists" || enabledPush)) return;
  throw new ApiError(dialect.bindDomainCode, "The domain does not exist or cannot be used.");
}

/** Returns the rule that conflicts with a new one. */
function conflicting(domainName: string, app: string, { store, dialect }: Context): Rule | undefined {
  if (dialect.rulesPerDomain === "many") return store.rules.get(ruleKey(domainName, app));
  const domain = domainName.toLowerCase();
  return [...store.rules.values()].find((rule) => rule.DomainName.toLowerCase() === domain);
}

function storedApp(appName: string, { appNameEmptyReads }: LiveDialect): string {
  return appNameEmptyReads === "star" && appName === "*" ? "" : appName;
}

function ruleView(rule: Rule, dialect: LiveDialect) {
  return {
    ...rule,
    AppName: rule.AppName === "" ? emptyAppView(dialect) : rule.AppName,
    CreateTime: beijingTime(Date.parse(rule.CreateTime), dialect.timeFormat),
    UpdateTime: beijingTime(Date.parse(rule.UpdateTime), dialect.timeFormat),
  };
}

function emptyAppView({ appNameEmptyReads }: LiveDialect): string | null | undefined {
  return { empty: "", null: null, missing: undefined, star: "*" }[appNameEmptyReads];
}
