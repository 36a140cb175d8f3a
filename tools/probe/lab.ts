import { LabContext } from "./labContext";
import { TrialRules } from "./trialRules";
import { TrialTemplates } from "./trialTemplates";

/** Where questions are tried out: templates and rules, each under a name of its own, that go again after each question. */
export class Lab extends LabContext {
  readonly templates = new TrialTemplates(this);
  readonly rules = new TrialRules(this);

  /** Removes what a question made. What resists is left for the sweep at the end. */
  async tidy(): Promise<void> {
    await this.rules.removeAll();
    await this.templates.removeAll();
  }
}
