import { isNotFound, TransportError } from "../../provider/api/errors";
import { pollUntil, startBudget } from "../../provider/api/retry";
import { appOf, describeRule, listRules, listTemplates } from "./account";
import type { Ownership } from "./ownership";
import type { Raw, Wire } from "./wire";

/** How long lists may still show deleted templates and rules, in milliseconds. */
const SETTLE_MS = 10_000;

interface Found {
  rules: Raw[];
  templates: Raw[];
  /** Descriptions of templates of the probe that are not deleted, because other rules use them. */
  held: string[];
}

/** Deletes everything that a run has created, rules first. Returns descriptions of the rest. */
export async function sweep(wire: Wire, owner: Ownership, print: (line: string) => void): Promise<string[]> {
  const look = async (): Promise<Found | undefined> => {
    const found = await findOwn(wire, owner);
    for (const rule of found.rules) await removeRule(wire, rule, print);
    for (const template of found.templates) await removeTemplate(wire, template, print);
    return found.rules.length + found.templates.length === 0 ? found : undefined;
  };
  const patiently = () => look().catch(notYet);
  const clean = await pollUntil(patiently, startBudget(wire.clock, SETTLE_MS), wire.backoff);
  if (clean) return clean.held;
  const { rules, templates, held } = await findOwn(wire, owner);
  return [...rules.map((rule) => `rule ${describeRule(rule)}`), ...templates.map(describeTemplate), ...held];
}

/** Ignores a transport error, so that the cleanup is tried again while there is time. */
function notYet(error: unknown): undefined {
  if (!(error instanceof TransportError)) throw error;
}

async function findOwn(wire: Wire, owner: Ownership): Promise<Found> {
  const [allRules, allTemplates] = [await listRules(wire), await listTemplates(wire)];
  const own = allTemplates.filter((template) => owner.ownsTemplate(template));
  const ids = new Set(own.map((template) => Number(template["TemplateId"])));
  const rules = allRules.filter((rule) => owner.ownsRule(rule, ids));
  const others = allRules.filter((rule) => !rules.includes(rule));
  const holders = (template: Raw) => others.filter((rule) => rule["TemplateId"] === template["TemplateId"]);
  return {
    rules,
    templates: own.filter((template) => holders(template).length === 0),
    held: own
      .filter((template) => holders(template).length > 0)
      .map((template) => `${describeTemplate(template)}, bound to ${holders(template).map(describeRule).join(", ")}`),
  };
}

const describeTemplate = (template: Raw): string => `template ${template["TemplateId"]} ${template["TemplateName"]}`;

/**
 * Deletes a rule by its app. Deletes the rule of a whole domain by `""` first, even if it is listed as `*`,
 * because `*` might mean all apps.
 */
export async function removeRule(wire: Wire, rule: Raw, print: (line: string) => void): Promise<void> {
  const app = appOf(rule);
  for (const AppName of app === "*" ? ["", app] : [app]) {
    const { rejected } = await wire.call("DeleteLiveCallbackRule", { DomainName: String(rule["DomainName"]), AppName });
    if (!rejected) return print(`deleted rule ${describeRule(rule)}`);
  }
}

async function removeTemplate(wire: Wire, template: Raw, print: (line: string) => void): Promise<void> {
  const { rejected } = await wire.call("DeleteLiveCallbackTemplate", { TemplateId: Number(template["TemplateId"]) });
  if (!rejected || isNotFound(rejected)) print(`deleted ${describeTemplate(template)}`);
}
