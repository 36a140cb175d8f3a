import type { ApiError } from "../../../provider/api/errors";
import { appOf } from "../account";
import { moot, settled, settledCode, settledValue, Unsettled } from "../answers";
import type { Lab } from "../lab";
import type { Questions } from "./question";

/** Which rules may be made. */
export const bindingQuestions: Questions<
  "duplicateRule" | "duplicateRuleCode" | "rulesPerDomain" | "appNameEmpty" | "bindChecksDomain" | "bindDomainCode"
> = {
  duplicateRule: {
    asks: "Is a second rule for one domain and app an error, or does it take the first one's place?",
    async find(lab) {
      const refused = await bindTwice(lab);
      return refused ? settled("error", refused.code) : settled("overwrite", "the list shows the second template");
    },
  },

  duplicateRuleCode: {
    asks: "With which code is a second rule for one domain and app refused?",
    async find(lab, answers) {
      if (settledValue(answers, "duplicateRule") === "overwrite") return moot("it is not refused");
      const refused = await bindTwice(lab);
      if (!refused) throw new Unsettled("it was not refused this time");
      return settledCode("duplicateRuleCode", refused.code, `${refused.code}: ${refused.message}`);
    },
  },

  rulesPerDomain: {
    asks: "May one domain have rules of several apps?",
    async find(lab, answers) {
      const [first, second] = [lab.newName(), lab.newName()];
      await lab.rules.mustBind(first, (await lab.templates.make()).id);
      const { refused, listed } = await lab.rules.bind(second, (await lab.templates.make()).id);
      if (listed?.map(appOf).includes(first)) return settled("many", "both rules are listed");
      if (listed) return settled("one", "the second rule took the place of the first");
      const asDuplicate = refused.code === settledValue(answers, "duplicateRuleCode");
      return settled("one", refused.code, asDuplicate ? undefined : "not the code for one domain and app twice");
    },
  },

  appNameEmpty: {
    asks: 'Is a rule of the whole domain (AppName "") accepted?',
    async find(lab) {
      const { id } = await lab.templates.make();
      // That this works shows that a refusal is about the app's name.
      await lab.rules.mustBind(lab.newName(), id);
      await lab.rules.removeAll();
      const { refused } = await lab.rules.bind("", id);
      return refused
        ? settled("refused", `${refused.code}: ${refused.message}`)
        : settled("accepted", "the rule is listed");
    },
  },

  bindChecksDomain: {
    asks: "For which domains can a rule be made?",
    async find(lab) {
      const { id } = await lab.templates.make();
      const unknown = await lab.rules.bind(lab.newName(), id, lab.unknownDomain);
      if (unknown.listed) return settled("nothing", "also for one that does not exist");
      const { otherDomain } = lab.options;
      if (!otherDomain) throw new Unsettled("none for one that does not exist; for more give --other-domain");
      const { refused } = await lab.rules.bind(lab.newName(), id, otherDomain);
      if (!refused) return settled("exists", `also for ${otherDomain}`);
      return settled("enabledPush", `not for ${otherDomain} (${refused.code})`);
    },
  },

  bindDomainCode: {
    asks: "With which code is a rule for an unknown domain refused?",
    async find(lab) {
      const { refused } = await lab.rules.bind(lab.newName(), (await lab.templates.make()).id, lab.unknownDomain);
      if (!refused) return moot("it is not refused");
      return settledCode("bindDomainCode", refused.code, `${refused.code}: ${refused.message}`);
    },
  },
};

/** Binds one app to one template and then to another: why the second was refused, if it was. */
async function bindTwice(lab: Lab): Promise<ApiError | undefined> {
  const app = lab.newName();
  await lab.rules.mustBind(app, (await lab.templates.make()).id);
  return (await lab.rules.bind(app, (await lab.templates.make()).id)).refused;
}
