import { isOn, listRules, listTemplates } from "./account";
import type { Choices } from "./commandLine";
import type { Wire } from "./wire";

/** The documented limit of templates in an account, and the most that a run has at the same time. */
const TEMPLATE_LIMIT = 50;
const TEMPLATES_NEEDED = 4;

/** The account or the domain cannot be used for a run. Nothing was changed. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}

/** Checks by read calls only that a run cannot affect other templates and rules of the account. */
export async function checkAccount(wire: Wire, { domain, otherDomain }: Choices): Promise<void> {
  const { type, status } = await describeDomain(wire, domain);
  if (type !== 0 || status !== 1) throw new Refusal(`${domain} is not an enabled push domain`);
  if (otherDomain) {
    const other = await describeDomain(wire, otherDomain);
    if (other.type === 0 && other.status === 1) {
      throw new Refusal(
        `${otherDomain} is an enabled push domain; --other-domain takes a play domain or a disabled one`,
      );
    }
  }
  await refuseRules(wire, [domain, ...(otherDomain ? [otherDomain] : [])]);
  const { length } = await listTemplates(wire);
  if (length + TEMPLATES_NEEDED > TEMPLATE_LIMIT) {
    throw new Refusal(
      `the account has ${length} of ${TEMPLATE_LIMIT} templates; the run requires room for ${TEMPLATES_NEEDED}`,
    );
  }
}

async function describeDomain(wire: Wire, name: string): Promise<{ type: unknown; status: unknown }> {
  const { rejected, response } = await wire.call("DescribeLiveDomain", { DomainName: name });
  if (rejected) throw new Refusal(`${name} cannot be used: ${rejected.message} (${rejected.code})`);
  const info = Object(response["DomainInfo"]);
  return { type: info["Type"], status: info["Status"] };
}

async function refuseRules(wire: Wire, domains: string[]): Promise<void> {
  const rules = await listRules(wire);
  for (const domain of domains) {
    const { length } = rules.filter((rule) => isOn(domain, rule));
    if (length === 0) continue;
    throw new Refusal(
      `${domain} already has callback rules (${length}); use another domain, or delete the rules of an earlier run ` +
        "with --clean",
    );
  }
}
