import type { ApiError } from "../../../provider/api/errors";
import { appOf } from "../account";
import { moot, settled, settledCode, settledValue, Unsettled } from "../answers";
import type { Lab } from "../lab";
import type { Questions } from "./question";

/** Questions about which rules the API accepts. */
export const bindingQuestions: Questions<
  "duplicateRule" | "duplicateRuleCode" | "rulesPerDomain" | "appNameEmpty" | "bindChecksDomain" | "bindDomainCode"
> = {
  duplicateRule: {
    text: "Is a second rule for one domain and app an error, or does it replace the first?",
    async find(lab) {
      const rejected = await bindTwice(lab);
      return rejected ? settled("error", rejected.code) : settled("overwrite", "the list shows the second template");
    },
  },

  duplicateRuleCode: {
    text: "With which code is a second rule for one domain and app rejected?",
    async find(lab, answers) {
      if (settledValue(answers, "duplicateRule") === "overwrite") return moot("it is not rejected");
      const rejected = await bindTwice(lab);
      if (!rejected) throw new Unsettled("this time it was not rejected");
      return settledCode("duplicateRuleCode", rejected.code, `${rejected.code}: ${rejected.message}`);
    },
  },

  rulesPerDomain: {
    text: "Can one domain have rules for several apps?",
    async find(lab, answers) {
      const [first, second] = [lab.newName(), lab.newName()];
      await lab.rules.mustBind(first, (await lab.templates.make()).id);
      const { rejected, listed } = await lab.rules.bind(second, (await lab.templates.make()).id);
      if (listed?.map(appOf).includes(first)) return settled("many", "both rules are listed");
      if (listed) return settled("one", "the second rule replaced the first");
      const asDuplicate = rejected.code === settledValue(answers, "duplicateRuleCode");
      return settled("one", rejected.code, asDuplicate ? undefined : "not the code for one domain and app twice");
    },
  },

  appNameEmpty: {
    text: 'Is a rule of the whole domain (AppName "") accepted?',
    async find(lab) {
      const { id } = await lab.templates.make();
      // If this succeeds, a rejection of the empty app is about the app.
      await lab.rules.mustBind(lab.newName(), id);
      await lab.rules.removeAll();
      const { rejected } = await lab.rules.bind("", id);
      return rejected
        ? settled("refused", `${rejected.code}: ${rejected.message}`)
        : settled("accepted", "the rule is listed");
    },
  },

  bindChecksDomain: {
    text: "For which domains can a rule be created?",
    async find(lab) {
      const { id } = await lab.templates.make();
      const unknown = await lab.rules.bind(lab.newName(), id, lab.unknownDomain);
      if (unknown.listed) return settled("nothing", "even for a domain that does not exist");
      const { otherDomain } = lab.options;
      if (!otherDomain) throw new Unsettled("not for a domain that does not exist; to learn more, set --other-domain");
      const { rejected } = await lab.rules.bind(lab.newName(), id, otherDomain);
      if (!rejected) return settled("exists", `also for ${otherDomain}`);
      return settled("enabledPush", `not for ${otherDomain} (${rejected.code})`);
    },
  },

  bindDomainCode: {
    text: "With which code is a rule for an unknown domain rejected?",
    async find(lab) {
      const { rejected } = await lab.rules.bind(lab.newName(), (await lab.templates.make()).id, lab.unknownDomain);
      if (!rejected) return moot("it is not rejected");
      return settledCode("bindDomainCode", rejected.code, `${rejected.code}: ${rejected.message}`);
    },
  },
};

/** Binds an app to a template and then to another. Returns the error of the second call, if any. */
async function bindTwice(lab: Lab): Promise<ApiError | undefined> {
  const app = lab.newName();
  await lab.rules.mustBind(app, (await lab.templates.make()).id);
  return (await lab.rules.bind(app, (await lab.templates.make()).id)).rejected;
}
