import type { ApiError } from "../../provider/api/errors";
import { appOf, isOn, listRules } from "./account";
import { Unsettled } from "./answers";
import { removeRule } from "./cleanup";
import type { LabContext } from "./labContext";
import type { Raw } from "./wire";

/** The outcome of a bind: its error, or the rules of the domain once they include the new rule. */
export type Bound = { rejected: ApiError; listed?: undefined } | { listed: Raw[]; rejected?: undefined };

interface Trial {
  domain: string;
  /** `""` for the whole domain. */
  app: string;
  templateId: number;
}

/** The rules of a lab. */
export class TrialRules {
  readonly #bound: Trial[] = [];

  constructor(private readonly lab: LabContext) {}

  /** Binds an app (`""`: the whole domain), and waits until the rule is listed. */
  async bind(app: string, templateId: number, domain = this.lab.options.domain): Promise<Bound> {
    const trial = { domain, app, templateId };
    const request = { DomainName: domain, AppName: app, TemplateId: templateId };
    this.#bound.push(trial);
    const { rejected, unsure } = await this.lab.wire.call("CreateLiveCallbackRule", request);
    const listed = () => this.#listedWith(trial);
    // The response to an earlier attempt was lost: if that one succeeded, its rule is why the last one was
    // rejected.
    const found = rejected
      ? unsure && (await this.lab.poll(listed))
      : await this.lab.eventually("a rule was accepted, but is not listed with its template", listed);
    if (!found) {
      this.#bound.splice(this.#bound.indexOf(trial), 1);
      return { rejected: rejected as ApiError };
    }
    this.lab.options.print(`bound ${domain}/${app} to template ${templateId}`);
    return { listed: found };
  }

  /** Binds an app where the question is about something else. Returns the domain's rules. */
  async mustBind(app: string, templateId: number): Promise<Raw[]> {
    const { rejected, listed } = await this.bind(app, templateId);
    if (rejected) throw new Unsettled(`a rule for it was rejected (${rejected.code}: ${rejected.message})`);
    return listed;
  }

  /** The rules of a domain, as soon as this one is among them. */
  async #listedWith(trial: Trial): Promise<Raw[] | undefined> {
    const rules = (await listRules(this.lab.wire)).filter((rule) => isOn(trial.domain, rule));
    return rules.some((rule) => this.#is(rule, trial)) ? rules : undefined;
  }

  /** A rule of a whole domain is one without a name of ours, whatever its app reads as. */
  #is(rule: Raw, { app, templateId }: Trial): boolean {
    const fits = app === "" ? !this.lab.options.owner.names(appOf(rule)) : appOf(rule) === app;
    return fits && rule["TemplateId"] === templateId;
  }

  async removeAll(): Promise<void> {
    for (const trial of this.#bound.splice(0)) {
      const rule = trial.app === "" ? await this.#wholeDomain(trial) : { DomainName: trial.domain, AppName: trial.app };
      if (rule) await removeRule(this.lab.wire, rule, this.lab.options.print);
    }
  }

  /**
   * Checks the rule before it deletes it: another user could have bound its key, unlike an app of the probe,
   * in the meantime.
   */
  async #wholeDomain(trial: Trial): Promise<Raw | undefined> {
    const listed = await this.lab.poll(() => this.#listedWith(trial));
    return listed?.find((rule) => this.#is(rule, trial));
  }
}
