import { randomBytes } from "node:crypto";
import { appOf, isOn } from "./account";
import type { Raw } from "./wire";

const PREFIX = "tclive-probe-";
const ANY_RUN = new RegExp(`^${PREFIX}[0-9a-f]{6}-`);

/** The beginning of every name that these tools make, for messages. */
export const NAMES = `${PREFIX}<6 hex digits>-`;

/** The beginning of the names of one run, for example `tclive-probe-03f9a1`. */
export function newRun(): string {
  return `${PREFIX}${randomBytes(3).toString("hex")}`;
}

/** Tells what a run made from everything else in the account. */
export class Ownership {
  /** Ids of templates that this run made, also of those that are gone. */
  readonly made = new Set<number>();

  constructor(
    /** The domains on which rules of a whole domain may be its own. */
    private readonly domains: readonly string[],
    /** Only this run, or any. */
    private readonly run?: string,
  ) {}

  /** Whether a template's or an app's name is one that a run gives. */
  names(name: string): boolean {
    return this.run === undefined ? ANY_RUN.test(name) : name.startsWith(`${this.run}-`);
  }

  ownsTemplate(template: Raw): boolean {
    return this.names(String(template["TemplateName"])) || this.made.has(Number(template["TemplateId"]));
  }

  /** A rule of an app is known by the app's name, one of a whole domain only by the template that it points to. */
  ownsRule(rule: Raw, ownTemplates: ReadonlySet<number>): boolean {
    if (this.names(appOf(rule))) return true;
    const id = Number(rule["TemplateId"]);
    return this.domains.some((domain) => isOn(domain, rule)) && (ownTemplates.has(id) || this.made.has(id));
  }
}
