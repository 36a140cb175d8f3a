import { canonicalDomain } from "../../api/contract/hosts";
import type { DomainInfo } from "../../api/contract/live";
import { isNotFound, ProviderError } from "../../api/errors";
import { memoizeByObject } from "../../memoize";
import type { Operation } from "../../operation";
import { own, words } from "../../words";

const PLAY_DOMAIN = 1;
const DISABLED = 0;

const nameOf = memoizeByObject(({ Name }: DomainInfo) => canonicalDomain(Name));

/**
 * Checks that a domain is an enabled push domain of the account. All bindings share one list. A domain that
 * is not in the list (a domain for delayed live, or a new one) is requested by name. If the check is
 * impossible (no list, no permission) or disabled (`verifyDomains`), the domain passes, and the API decides.
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
  const setting = own(operation.deployment.host.settingName("verifyDomains"));
  throw new ProviderError(words`${domainName} ${own(problem)}`, {
    code: "Provider.DomainNotUsable",
    remedy: words`Bind an enabled push domain; set ${setting} to false to skip this check.`,
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
