import { LabContext } from "./labContext";
import { TrialRules } from "./trialRules";
import { TrialTemplates } from "./trialTemplates";

/** Creates templates and rules with unique names for a question, and deletes them afterwards. */
export class Lab extends LabContext {
  readonly templates = new TrialTemplates(this);
  readonly rules = new TrialRules(this);

  /** Deletes what a question has created. The cleanup at the end deletes the rest. */
  async tidy(): Promise<void> {
    await this.rules.removeAll();
    await this.templates.removeAll();
  }
}
