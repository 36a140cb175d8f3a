import { randomBytes } from "node:crypto";
import { appOf, isOn } from "./account";
import type { Raw } from "./wire";

const PREFIX = "tclive-probe-";
const ANY_RUN = new RegExp(`^${PREFIX}[0-9a-f]{6}-`);

/** The prefix of all names that these tools create, for messages. */
export const NAMES = `${PREFIX}<6 hex digits>-`;

/** Returns a new prefix for the names of one run, for example `tclive-probe-03f9a1`. */
export function newRun(): string {
  return `${PREFIX}${randomBytes(3).toString("hex")}`;
}

/** Distinguishes what a run has created from everything else in the account. */
export class Ownership {
  /** The ids of all templates that this run has created, including deleted ones. */
  readonly made = new Set<number>();

  constructor(
    /** The domains for which the run may have created rules of the whole domain. */
    private readonly domains: readonly string[],
    /** The run. Without it, all runs count. */
    private readonly run?: string,
  ) {}

  /** Returns whether a run has created this name of a template or an app. */
  names(name: string): boolean {
    return this.run === undefined ? ANY_RUN.test(name) : name.startsWith(`${this.run}-`);
  }

  ownsTemplate(template: Raw): boolean {
    return this.names(String(template["TemplateName"])) || this.made.has(Number(template["TemplateId"]));
  }

  /** Identifies the rule of an app by the app's name, and the rule of a whole domain by its template. */
  ownsRule(rule: Raw, ownTemplates: ReadonlySet<number>): boolean {
    if (this.names(appOf(rule))) return true;
    const id = Number(rule["TemplateId"]);
    return this.domains.some((domain) => isOn(domain, rule)) && (ownTemplates.has(id) || this.made.has(id));
  }
}
