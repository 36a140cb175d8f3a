import type { ApiError } from "../../../provider/api/errors";
import { moot, settled, settledCode, settledValue, Unsettled } from "../answers";
import type { Lab } from "../lab";
import type { Outcome } from "../wire";
import type { Questions } from "./question";

/** How the API responds where something is missing, or in use. */
export const missingQuestions: Questions<
  | "templateNotFoundCode"
  | "bindTemplateNotFoundCode"
  | "ruleNotFoundCode"
  | "inUseEnforced"
  | "inUseCode"
  | "domainNotFoundCode"
  | "emptyDomainList"
> = {
  templateNotFoundCode: {
    asks: "With which code are Describe, Modify and Delete of an unknown template refused?",
    async find(lab) {
      const TemplateId = await lab.templates.deletedId();
      const modification = { TemplateId, TemplateName: lab.newName(), StreamBeginNotifyUrl: lab.url };
      const codes = [
        await describedCode(lab, TemplateId),
        codeOf(await lab.wire.call("ModifyLiveCallbackTemplate", modification)),
        codeOf(await lab.wire.call("DeleteLiveCallbackTemplate", { TemplateId })),
      ] as const;
      const found = `${codes[0]}, ${codes[1]} and ${codes[2]}`;
      if (new Set(codes).size > 1) throw new Unsettled(`they differ: ${found}`);
      return settledCode("templateNotFoundCode", codes[0], found);
    },
  },

  bindTemplateNotFoundCode: {
    asks: "With which code is a rule for an unknown template refused?",
    async find(lab) {
      const { refused } = await lab.rules.bind(lab.newName(), await lab.templates.deletedId());
      if (!refused) throw new Unsettled("it was accepted");
      return settledCode("bindTemplateNotFoundCode", refused.code, `${refused.code}: ${refused.message}`);
    },
  },

  ruleNotFoundCode: {
    asks: "With which code is the delete of an unknown rule refused?",
    async find(lab) {
      const request = { DomainName: lab.options.domain, AppName: lab.newName() };
      const code = codeOf(await lab.wire.call("DeleteLiveCallbackRule", request));
      return settledCode("ruleNotFoundCode", code, code);
    },
  },

  inUseEnforced: {
    asks: "Is a template that a rule uses kept?",
    async find(lab) {
      const refused = await removeBound(lab);
      return refused ? settled(true, refused.code) : settled(false, "it was deleted under its rule");
    },
  },

  inUseCode: {
    asks: "With which code is the delete of a template in use refused?",
    async find(lab, answers) {
      if (settledValue(answers, "inUseEnforced") === false) return moot("it is not refused");
      const refused = await removeBound(lab);
      if (!refused) throw new Unsettled("it was not refused this time");
      return settledCode("inUseCode", refused.code, `${refused.code}: ${refused.message}`);
    },
  },

  domainNotFoundCode: {
    asks: "With which code does DescribeLiveDomain refuse an unknown domain?",
    async find(lab) {
      const code = codeOf(await lab.wire.call("DescribeLiveDomain", { DomainName: lab.unknownDomain }));
      return settledCode("domainNotFoundCode", code, code);
    },
  },

  emptyDomainList: {
    asks: "What does DescribeLiveDomains answer where no domain matches?",
    async find(lab) {
      const { refused, answer } = await lab.wire.call("DescribeLiveDomains", { DomainPrefix: lab.newName() });
      if (refused?.code === "ResourceNotFound.EmptyData") return settled("error", refused.code);
      if (refused) throw new Unsettled(`it answered ${refused.code}`);
      const { DomainList: domains } = answer;
      if (Array.isArray(domains) && domains.length > 0) throw new Unsettled("it ignored the prefix asked for");
      return settled("list", `DomainList ${JSON.stringify(domains) ?? "missing"}`);
    },
  },
};

const codeOf = ({ refused }: Outcome): string => refused?.code ?? "no error";

/** Why a deleted template cannot be described, as soon as that shows. */
async function describedCode(lab: Lab, TemplateId: number): Promise<string> {
  const refused = await lab.sought(
    async () => (await lab.wire.call("DescribeLiveCallbackTemplate", { TemplateId })).refused,
  );
  return refused?.code ?? "no error";
}

/** Deletes a template that a rule uses: why that was refused, if it was. */
async function removeBound(lab: Lab): Promise<ApiError | undefined> {
  const { id } = await lab.templates.make();
  await lab.rules.mustBind(lab.newName(), id);
  return lab.templates.remove(id);
}
