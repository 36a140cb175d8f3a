import { expect } from "chai";
import { completeDialect, type LiveDialect } from "../../emulator/dialect";
import {
  type Cloud,
  create,
  destroy,
  type Lifecycle,
  refresh,
  rejection,
  type Stored,
  startCloud,
  update,
  type Values,
} from "../support/cloud";

export const DOMAIN = "push.example.com";
export const OTHER_DOMAIN = "other.example.com";
export const DISABLED_DOMAIN = "off.example.com";
export const UNKNOWN_DOMAIN = "unknown.example.com";
export const HOOK = "https://hooks.example.com/live";
export const MINIMAL = { templateName: "hooks", streamBeginNotifyUrl: HOOK };

const SETTINGS = { "tencentcloud-live:inUseTimeoutSeconds": "0.03", "tencentcloud-live:retrySeconds": "0.1" };

/** An account with a dialect. Every operation is a separate deployment. */
export interface Life {
  cloud: Cloud;
  dialect: LiveDialect;
  templates: Lifecycle;
  bindings: Lifecycle;
  /** The template fields that the endpoint accepts, each with a value. */
  maximal: Values;
}

export async function startLife(choices: Partial<LiveDialect>): Promise<Life> {
  const dialect = completeDialect(choices);
  const domains = [DOMAIN, OTHER_DOMAIN, { name: DISABLED_DOMAIN, status: 0 as const }];
  const cloud = await startCloud({ dialect: choices, domains, rateLimits: false });
  return {
    cloud,
    dialect,
    get templates() {
      return cloud.deployment(SETTINGS).callbackTemplate;
    },
    get bindings() {
      return cloud.deployment(SETTINGS).domainBinding;
    },
    maximal: { ...MAXIMAL, ...(dialect.apiModel === "current" && NEWER) },
  };
}

const MAXIMAL = {
  templateName: "直播回调-hooks_1",
  description: "all-fields",
  callbackKey: "SecretKey123",
  streamBeginNotifyUrl: `${HOOK}/begin`,
  streamEndNotifyUrl: `${HOOK}/end`,
  recordNotifyUrl: `${HOOK}/record`,
  snapshotNotifyUrl: `${HOOK}/snapshot`,
  pornCensorshipNotifyUrl: `${HOOK}/porn`,
  pushExceptionNotifyUrl: `${HOOK}/push-exception`,
};

/** The fields that exist only in the current model of the API. */
export const NEWER = {
  recordStatusNotifyUrl: `${HOOK}/record-status`,
  recordExceptionNotifyUrl: `${HOOK}/record-exception`,
  recordExceptionLevels: ["error", "warning"],
  audioAuditNotifyUrl: `${HOOK}/audio`,
};

/** Returns a field in the spelling of the API. */
export const wire = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

export const without = (values: Values, ...names: string[]): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));

/** Checks that a refresh and an update of the same program find no difference. */
export async function expectNoDifference(type: Lifecycle, stored: Stored, args: Values): Promise<void> {
  const refreshed = await refresh(type, stored);
  if (!refreshed) throw new Error(`${stored.id} is gone`);
  const times = ["createTime", "updateTime"];
  expect(without(refreshed.outs, ...times)).to.deep.equal(without(stored.outs, ...times));
  expect(await type.diff(refreshed.id, refreshed.outs, stored.inputs)).to.deep.equal({ changes: false });
  expect(await update(type, refreshed, args)).to.deep.include({ outs: refreshed.outs });
}

/**
 * Creates a template and a rule for the whole domain, or for an app if the dialect has no rules of whole
 * domains.
 */
export async function startBinding(
  life: Life,
  domainName = DOMAIN,
): Promise<{ template: Stored; binding: Stored; args: Values }> {
  const template = await create(life.templates, MINIMAL);
  const args = { domainName, ...appOf(life), templateId: Number(template.id) };
  return { template, binding: await create(life.bindings, args), args };
}

/** Returns an app if the dialect has no rules of whole domains, otherwise nothing. */
export const appOf = ({ dialect }: Life): { appName?: string } =>
  dialect.appNameEmpty === "refused" ? { appName: "live" } : {};

/** Returns the stored rules: `domain/app` and the template. */
export const rulesOf = ({ cloud }: Life): [string, number][] =>
  cloud.state().rules.map(({ DomainName, AppName, TemplateId }) => [`${DomainName}/${AppName}`, TemplateId]);

/** Expects one error on one line in the format of errors. */
export async function expectError(work: Promise<unknown>, ...parts: string[]): Promise<void> {
  const { message } = await rejection(work);
  for (const part of parts) expect(message).to.contain(part);
  expect(message).to.match(/^cannot [^\n]*\. [^\n]*\(code=\S+ action=\S+ requestId=\S+ retryable=(true|false)\)$/);
}

export { create, destroy, refresh, update };
