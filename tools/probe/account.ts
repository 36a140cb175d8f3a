import type { Raw, Wire } from "./wire";

/** Every template of the account. */
export async function listTemplates(wire: Wire): Promise<Raw[]> {
  return listed(await wire.call("DescribeLiveCallbackTemplates", {}), "Templates");
}

/** Every rule of the account. */
export async function listRules(wire: Wire): Promise<Raw[]> {
  return listed(await wire.call("DescribeLiveCallbackRules", {}), "Rules");
}

function listed({ refused, answer }: Awaited<ReturnType<Wire["call"]>>, member: string): Raw[] {
  if (refused) throw refused;
  const items = answer[member];
  return Array.isArray(items) ? items : [];
}

/** Whether a rule is one of this domain. */
export function isOn(domain: string, rule: Raw): boolean {
  return String(rule["DomainName"]).toLowerCase() === domain.toLowerCase();
}

/** The app of a rule as it is listed; `""` where there is none. */
export function appOf(rule: Raw): string {
  return String(rule["AppName"] ?? "");
}

/** Formats a rule for messages: `push.example.com/live`. */
export function describeRule(rule: Raw): string {
  const app = appOf(rule);
  return app === "" ? String(rule["DomainName"]) : `${rule["DomainName"]}/${app}`;
}

/** Whether a field of a template is set: what is not reads as `""`, `[]`, `null` or not at all. */
export function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
}
