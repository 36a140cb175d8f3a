import { canonicalDomain } from "../../provider/api/contract/hosts";
import type { RuleInfo, TemplateInfo } from "../../provider/api/contract/live";
import { cloud, cloudFailure } from "../cloud";
import { oneLine, type Terminal } from "../command";
import { UsageError } from "../commandLine";

/** The callback templates and rules of an account, or the selected part of them. */
export interface Account {
  templates: readonly TemplateInfo[];
  rules: readonly RuleInfo[];
}

/** The part of an account to export. Empty lists select everything. */
export interface Selection {
  templateIds: readonly number[];
  domains: readonly string[];
}

/** Reads `--template` and `--domain`. */
export function selectionOf(templates: readonly string[], domains: readonly string[]): Selection {
  const templateIds = templates.map((text) => {
    const id = /^[1-9]\d{0,15}$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(id)) return id;
    throw new UsageError(`--template takes the id of a template, a positive integer; got "${oneLine(text)}"`);
  });
  return { templateIds, domains: domains.map(domainOf) };
}

function domainOf(text: string): string {
  const domain = canonicalDomain(text);
  if (domain) return domain;
  throw new UsageError(`--domain takes a push domain, for example push.example.com; got "${oneLine(text)}"`);
}

/** Lists the templates and rules of the account, in two calls. @throws Error of one line, without secrets. */
export async function readAccount(terminal: Terminal): Promise<Account> {
  try {
    const { client, budget } = cloud(terminal);
    const [{ Templates }, { Rules }] = await Promise.all([
      client.call("DescribeLiveCallbackTemplates", {}, budget()),
      client.call("DescribeLiveCallbackRules", {}, budget()),
    ]);
    return { templates: Templates, rules: Rules };
  } catch (error) {
    const message = cloudFailure(error);
    throw message === undefined ? error : new Error(message);
  }
}

/**
 * Selects part of an account: the given templates and their rules, limited to the rules of the given domains.
 * If only domains are given, selects the templates that they are bound to.
 *
 * @throws Error if a template does not exist, or a domain has no rule
 */
export function select({ templates, rules }: Account, { templateIds, domains }: Selection): Account {
  const missing = templateIds.find((id) => !templates.some(({ TemplateId }) => TemplateId === id));
  if (missing !== undefined) throw new Error(`the account has no template ${missing}`);
  const ofTemplates = rules.filter(({ TemplateId }) => templateIds.length === 0 || templateIds.includes(TemplateId));
  const unbound = domains.find((domain) => !ofTemplates.some(isRuleOf(domain)));
  if (unbound !== undefined) {
    const holder = rules.some(isRuleOf(unbound)) ? "templates of --template have" : "account has";
    throw new Error(`the ${holder} no rule of the domain ${unbound}`);
  }
  const selectedRules = ofTemplates.filter(
    (rule) => domains.length === 0 || domains.some((domain) => isRuleOf(domain)(rule)),
  );
  const bound = new Set(selectedRules.map(({ TemplateId }) => TemplateId));
  const isSelected = (id: number): boolean =>
    templateIds.length > 0 ? templateIds.includes(id) : domains.length === 0 || bound.has(id);
  return { templates: templates.filter(({ TemplateId }) => isSelected(TemplateId)), rules: selectedRules };
}

const isRuleOf =
  (domain: string) =>
  ({ DomainName }: RuleInfo): boolean =>
    canonicalDomain(DomainName) === domain;
