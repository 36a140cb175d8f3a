import type { ApiError } from "../../../provider/api/errors";
import { moot, settled, settledCode, settledValue, Unsettled } from "../answers";
import type { Lab } from "../lab";
import type { Outcome } from "../wire";
import type { Questions } from "./question";

/** Questions about the errors for templates, rules and domains that do not exist or are in use. */
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
    text: "With which code are Describe, Modify and Delete of an unknown template rejected?",
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
    text: "With which code is a rule for an unknown template rejected?",
    async find(lab) {
      const { rejected } = await lab.rules.bind(lab.newName(), await lab.templates.deletedId());
      if (!rejected) throw new Unsettled("it was accepted");
      return settledCode("bindTemplateNotFoundCode", rejected.code, `${rejected.code}: ${rejected.message}`);
    },
  },

  ruleNotFoundCode: {
    text: "With which code is the delete of an unknown rule rejected?",
    async find(lab) {
      const request = { DomainName: lab.options.domain, AppName: lab.newName() };
      const code = codeOf(await lab.wire.call("DeleteLiveCallbackRule", request));
      return settledCode("ruleNotFoundCode", code, code);
    },
  },

  inUseEnforced: {
    text: "Is the delete of a template in use rejected?",
    async find(lab) {
      const rejected = await removeBound(lab);
      return rejected ? settled(true, rejected.code) : settled(false, "it was deleted although a rule uses it");
    },
  },

  inUseCode: {
    text: "With which code is the delete of a template in use rejected?",
    async find(lab, answers) {
      if (settledValue(answers, "inUseEnforced") === false) return moot("it is not rejected");
      const rejected = await removeBound(lab);
      if (!rejected) throw new Unsettled("this time it was not rejected");
      return settledCode("inUseCode", rejected.code, `${rejected.code}: ${rejected.message}`);
    },
  },

  domainNotFoundCode: {
    text: "With which code does DescribeLiveDomain reject an unknown domain?",
    async find(lab) {
      const code = codeOf(await lab.wire.call("DescribeLiveDomain", { DomainName: lab.unknownDomain }));
      return settledCode("domainNotFoundCode", code, code);
    },
  },

  emptyDomainList: {
    text: "What does DescribeLiveDomains return if no domain matches?",
    async find(lab) {
      const { rejected, response } = await lab.wire.call("DescribeLiveDomains", { DomainPrefix: lab.newName() });
      if (rejected?.code === "ResourceNotFound.EmptyData") return settled("error", rejected.code);
      if (rejected) throw new Unsettled(`it returned ${rejected.code}`);
      const { DomainList: domains } = response;
      if (Array.isArray(domains) && domains.length > 0) throw new Unsettled("it ignored the requested prefix");
      return settled("list", `DomainList ${JSON.stringify(domains) ?? "missing"}`);
    },
  },
};

const codeOf = ({ rejected }: Outcome): string => rejected?.code ?? "no error";

/** Returns the error code of a Describe of a deleted template, once the deletion is visible. */
async function describedCode(lab: Lab, TemplateId: number): Promise<string> {
  const rejected = await lab.poll(
    async () => (await lab.wire.call("DescribeLiveCallbackTemplate", { TemplateId })).rejected,
  );
  return rejected?.code ?? "no error";
}

/** Deletes a template that a rule uses. Returns the error, if any. */
async function removeBound(lab: Lab): Promise<ApiError | undefined> {
  const { id } = await lab.templates.make();
  await lab.rules.mustBind(lab.newName(), id);
  return lab.templates.remove(id);
}
