import type { Raw, Wire } from "./wire";

/** Lists all templates of the account. */
export async function listTemplates(wire: Wire): Promise<Raw[]> {
  return listed(await wire.call("DescribeLiveCallbackTemplates", {}), "Templates");
}

/** Lists all rules of the account. */
export async function listRules(wire: Wire): Promise<Raw[]> {
  return listed(await wire.call("DescribeLiveCallbackRules", {}), "Rules");
}

function listed({ rejected, response }: Awaited<ReturnType<Wire["call"]>>, member: string): Raw[] {
  if (rejected) throw rejected;
  const items = response[member];
  return Array.isArray(items) ? items : [];
}

/** Returns whether a rule is for a domain. */
export function isOn(domain: string, rule: Raw): boolean {
  return String(rule["DomainName"]).toLowerCase() === domain.toLowerCase();
}

/** Returns the app of a rule as it is listed, or `""` if there is none. */
export function appOf(rule: Raw): string {
  return String(rule["AppName"] ?? "");
}

/** Formats a rule for messages: `push.example.com/live`. */
export function describeRule(rule: Raw): string {
  const app = appOf(rule);
  return app === "" ? String(rule["DomainName"]) : `${rule["DomainName"]}/${app}`;
}

/** Returns whether a field of a template is set. A field that is not set is `""`, `[]`, `null` or absent. */
export function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
}
