import { canonicalDomain } from "../../api/contract/hosts";
import type { DomainInfo, RuleInfo } from "../../api/contract/live";
import { isNotFound, ProviderError } from "../../api/errors";
import { memoizeByObject } from "../../memoize";
import type { Operation } from "../../operation";
import { findRule, formatKey, type RuleKey } from "../account";
import { BindingClaims } from "./claims";
import { type DomainBindingInputs, ruleKeyOf } from "./inputs";
import { moveRule } from "./move";
import { boundElsewhere, createRule } from "./rules";

/** Creates the rule of a binding, takes over what an interrupted run left, or moves a rule that may be taken. */
export async function createBinding(operation: Operation, inputs: DomainBindingInputs): Promise<RuleInfo> {
  const key = ruleKeyOf(inputs);
  // Both lists at once, instead of one after the other.
  await Promise.all([verifyDomain(operation, key.domainName), operation.lists.rules.get()]);
  return bind(operation, key, inputs);
}

/** Binds a key that may be free, bound to this template already, or bound to another one. */
async function bind(operation: Operation, key: RuleKey, { templateId, adopt }: DomainBindingInputs): Promise<RuleInfo> {
  const { rules } = operation.lists;
  const listed = findRule(await rules.get(), key);
  const existing = listed && findRule(await rules.refetch(), key);
  if (!existing) return createRule(operation, key, templateId);
  if (existing.TemplateId === templateId) return existing;
  if (!adopt && !operation.deployment.shared(BindingClaims).isLeft(formatKey(key), existing.TemplateId))
    throw boundElsewhere(key, existing);
  return moveRule(operation, key, existing.TemplateId, templateId);
}

const PLAY_DOMAIN = 1;
const DISABLED = 0;

const nameOf = memoizeByObject(({ Name }: DomainInfo) => canonicalDomain(Name));

/**
 * Makes sure that a domain is an enabled push domain of the account, from one list for all bindings. A domain that the
 * list lacks (one for delayed live, or a new one) is asked for by name. Where nothing can be learnt (no list, no
 * permission, `verifyDomains` off) it passes, and the API has the last word.
 *
 * @throws ProviderError `Provider.DomainNotUsable`.
 */
export async function verifyDomain(operation: Operation, domainName: string): Promise<void> {
  if (!operation.settings.verifyDomains) return;
  const domains = await operation.lists.domains.get();
  if (domains.length === 0) return;
  const listed = domains.find((domain) => nameOf(domain) === domainName);
  const problem = problemOf(listed ?? (await describeDomain(operation, domainName)));
  if (!problem) return;
  const setting = operation.deployment.host.settingName("verifyDomains");
  throw new ProviderError(`${domainName} ${problem}`, {
    code: "Provider.DomainNotUsable",
    remedy: `Bind an enabled push domain; set ${setting} to false to leave this check out.`,
  });
}

function problemOf(domain: DomainInfo | "missing" | "unknown"): string | undefined {
  if (domain === "unknown") return undefined;
  if (domain === "missing") return "is not a live domain of this account";
  if (domain.Type === PLAY_DOMAIN) return "is a play domain, not a push domain";
  if (domain.Status === DISABLED) return "is disabled";
  return undefined;
}

async function describeDomain(operation: Operation, domainName: string): Promise<DomainInfo | "missing" | "unknown"> {
  try {
    const request = { DomainName: domainName };
    const response = await operation.client.call("DescribeLiveDomain", request, operation.budget);
    return response.DomainInfo ?? "unknown";
  } catch (error) {
    return isNotFound(error) ? "missing" : "unknown";
  }
}
