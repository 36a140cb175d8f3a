import { isSet } from "../account";
import { settled, settledValue, Unsettled } from "../answers";
import type { Lab } from "../lab";
import type { Specimen } from "../trialTemplates";
import type { Questions } from "./question";

/** Questions about empty and omitted fields in Modify, and about the fields that the endpoint accepts. */
export const modifyingQuestions: Questions<"apiModel" | "emptyStringClears" | "omittedKeeps" | "modifyToNoUrl"> = {
  apiModel: {
    text: "Does the endpoint accept audio audit, recording status and recording exceptions?",
    async find(lab) {
      const unknown: string[] = [];
      const fields = newerFields(lab.url);
      for (const [name, changes] of Object.entries(fields)) {
        const { rejected } = await lab.templates.modify(await lab.templates.make(), changes);
        if (rejected && rejected.code !== "UnknownParameter") throw new Unsettled(`${name} led to ${rejected.code}`);
        if (rejected) unknown.push(name);
      }
      if (unknown.length === 0) return settled("current", "it accepted each of the four fields");
      if (unknown.length === Object.keys(fields).length)
        return settled("older", "UnknownParameter for each of the four");
      throw new Unsettled(`it accepts the others, but not ${unknown.join(", ")}`);
    },
  },

  emptyStringClears: {
    text: 'Does "" in a Modify clear the field?',
    async find(lab, answers) {
      const specimen = await twoFields(lab);
      const kept = await keptFields(lab, specimen, { StreamEndNotifyUrl: "", CallbackKey: "" });
      if (kept.length === 1) throw new Unsettled(`of a URL and the key, only ${kept[0]} was kept`);
      const clears = kept.length === 0;
      const levels = settledValue(answers, "apiModel") === "current" ? await emptyLevelsClear(lab) : undefined;
      const remark =
        levels === undefined || levels === clears ? undefined : `but [] ${levels ? "clears" : "keeps"} levels`;
      return settled(clears, `a URL and the key were ${clears ? "cleared" : "kept"}`, remark);
    },
  },

  omittedKeeps: {
    text: "Does a Modify keep a field that it omits?",
    async find(lab) {
      const kept = await keptFields(lab, await twoFields(lab), {});
      if (kept.length === 1) throw new Unsettled(`of a URL and the key, only ${kept[0]} was kept`);
      return settled(kept.length > 0, `a URL and the key were ${kept.length > 0 ? "kept" : "cleared"}`);
    },
  },

  modifyToNoUrl: {
    text: "Can a Modify leave a template without a URL?",
    async find(lab, answers) {
      const byEmpty = settledValue(answers, "emptyStringClears") !== false;
      if (!byEmpty && settledValue(answers, "omittedKeeps") !== false) {
        return { kind: "moot", why: "neither an empty nor an omitted URL is cleared" };
      }
      const specimen = await lab.templates.make();
      const { rejected, read } = await lab.templates.modify(specimen, {
        StreamBeginNotifyUrl: byEmpty ? "" : undefined,
      });
      if (rejected) return settled("refused", `${rejected.code}: ${rejected.message}`);
      if (isSet(read["StreamBeginNotifyUrl"])) throw new Unsettled("it was accepted, but the URL was kept");
      return settled("accepted", "the template then had no URL");
    },
  },
};

/**
 * Returns the newer fields. Levels are set with their URL, because alone they might be rejected for another
 * reason.
 */
function newerFields(url: string): Record<string, Record<string, unknown>> {
  return {
    RecordStatusNotifyUrl: { RecordStatusNotifyUrl: url },
    AudioAuditNotifyUrl: { AudioAuditNotifyUrl: url },
    RecordExceptionNotifyUrl: { RecordExceptionNotifyUrl: url },
    RecordExceptionLevels: { RecordExceptionNotifyUrl: url, RecordExceptionLevels: ["error"] },
  };
}

const twoFields = (lab: Lab) => lab.templates.make({ StreamEndNotifyUrl: lab.url, CallbackKey: "ProbeKey1" });

/** Returns the fields of `twoFields` that are still set after a change. */
async function keptFields(lab: Lab, specimen: Specimen, changes: Record<string, string>): Promise<string[]> {
  const { rejected, read } = await lab.templates.modify(specimen, changes);
  if (rejected) throw new Unsettled(`the change was rejected (${rejected.code}: ${rejected.message})`);
  return ["StreamEndNotifyUrl", "CallbackKey"].filter((name) => isSet(read[name]));
}

/** Returns whether an empty list clears the levels, or `undefined` if they cannot be read back. */
async function emptyLevelsClear(lab: Lab): Promise<boolean | undefined> {
  const specimen = await lab.templates.make();
  const exceptions = { RecordExceptionNotifyUrl: lab.url };
  const set = await lab.templates.modify(specimen, { ...exceptions, RecordExceptionLevels: ["info"] });
  if (!isSet(set.read?.["RecordExceptionLevels"])) return undefined;
  const { read } = await lab.templates.modify(specimen, { ...exceptions, RecordExceptionLevels: [] });
  return read && !isSet(read["RecordExceptionLevels"]);
}
