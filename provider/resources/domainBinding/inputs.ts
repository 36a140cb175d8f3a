import { z } from "zod";
import { canonicalDomain, isHostName } from "../../api/contract/hosts";
import { ProviderError } from "../../api/errors";
import { isSet, isUnknown, type Properties } from "../../properties";
import { type CheckFailure, type ValidationResult, validate } from "../../validation";
import { quoted, words } from "../../words";
import type { RuleKey } from "../ruleKey";

/** Checked inputs of a domain binding. An absent `appName` means the whole domain. */
export type DomainBindingInputs = {
  domainName: string;
  appName?: string;
  templateId: number;
  adopt?: true;
};

const DOMAIN_LIMIT =
  "a host name without scheme, port, path and wildcard: " +
  "labels of 1 to 63 letters, digits and inner hyphens, at most 253 characters in all";
const APP_LIMIT = "at most 255 letters, digits, _, - and . (or left out for the whole domain)";
const TEMPLATE_LIMIT = "the id of a template: a positive integer";

const SCHEMAS = {
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
};

/** The names of all inputs. */
export const INPUT_NAMES: readonly string[] = Object.keys(SCHEMAS);

/** Checks the inputs of a domain binding and converts them to canonical form. */
export function checkDomainBinding(news: Properties): ValidationResult {
  const { inputs, failures } = validate(SCHEMAS, news);
  if (failures.length > 0) return { inputs: { ...news }, failures: failures.map(withTheCause(news)) };
  const { adopt, ...rest } = inputs;
  return { inputs: { ...rest, ...(adopt !== undefined && adopt !== false && { adopt }) }, failures };
}

/** Adds a possible cause: with `--continue-on-error`, Pulumi passes no id for a template that has failed. */
const withTheCause =
  (news: Properties) =>
  (failure: CheckFailure): CheckFailure =>
    failure.property === "templateId" && !isSet(news["templateId"])
      ? { ...failure, reason: words`${failure.reason} (or the template that it comes from has failed)` }
      : failure;

/** Returns the key of the rule that a binding declares. A part that is not known yet is `""`. */
export function ruleKeyOf({ domainName, appName }: Properties): RuleKey {
  const known = (value: unknown): string => (isUnknown(value) ? "" : String(value ?? ""));
  return { domainName: known(domainName), appName: known(appName) };
}

/** Parses an id. @throws ProviderError `Provider.InvalidId` */
export function parseId(id: string): RuleKey {
  const [domainName = "", ...rest] = id.split("/");
  const { inputs, failures } = checkDomainBinding({ domainName, appName: rest.join("/"), templateId: 1 });
  if (failures.length === 0) return ruleKeyOf(inputs);
  throw new ProviderError(words`the id must be domainName or domainName/appName; given: ${quoted(id)}`, {
    code: "Provider.InvalidId",
    remedy: words`For example push.example.com or push.example.com/live.`,
  });
}
