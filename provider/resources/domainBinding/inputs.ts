import { z } from "zod";
import { canonicalDomain, isHostName } from "../../api/contract/hosts";
import { type Properties, type ValidationResult, validate } from "../../validation";
import type { RuleKey } from "./rules";

/** Checked inputs of a domain binding; an absent `appName` is the whole domain. */
export type DomainBindingInputs = {
  domainName: string;
  appName?: string;
  templateId: number;
  adopt?: true;
  /** Which resource of the program this is. */
  declaredBy?: string;
};

const DOMAIN_LIMIT =
  "a host name without scheme, port, path and wildcard: labels of 1 to 63 letters, digits and inner hyphens, at most 253 characters in all";
const APP_LIMIT = "at most 255 letters, digits, _, - and . (or left out for the whole domain)";
const TEMPLATE_LIMIT = "the id of a template: a positive integer";

const LIMITS = {
  domainName: z
    .string({ error: DOMAIN_LIMIT })
    .refine((name) => /^[^\s:/\\*?#@[\]%]+$/.test(name) && isHostName(canonicalDomain(name)), { error: DOMAIN_LIMIT })
    .transform(canonicalDomain),
  appName: z
    .string({ error: APP_LIMIT })
    .regex(/^[A-Za-z0-9_.-]{1,255}$/, { error: APP_LIMIT })
    .optional(),
  templateId: z
    .union(
      [
        z.number(),
        z
          .string()
          .regex(/^\d{1,16}$/)
          .transform(Number),
      ],
      { error: TEMPLATE_LIMIT },
    )
    .refine((id) => Number.isSafeInteger(id) && id > 0, { error: TEMPLATE_LIMIT }),
  adopt: z.boolean({ error: "true or false" }).optional(),
  declaredBy: z.string().optional(),
};

/** Checks the inputs of a domain binding and brings them to canonical form. */
export function checkDomainBinding(news: Properties): ValidationResult {
  const { inputs, reasons } = validate(LIMITS, news);
  if (reasons.length > 0) return { inputs: { ...news }, reasons };
  const { adopt, ...rest } = inputs;
  return { inputs: { ...rest, ...(adopt !== undefined && adopt !== false && { adopt }) }, reasons };
}

/** The key of the rule that a binding stands for. */
export function ruleKeyOf({ domainName, appName }: Properties): RuleKey {
  return { domainName: String(domainName), appName: String(appName ?? "") };
}
