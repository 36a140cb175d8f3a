import { type Answer, settled, Unsettled } from "../answers";
import type { Lab } from "../lab";
import type { Questions } from "./question";

/** Questions about the values that the fields of a template may have. */
export const limitsQuestions: Questions<
  "uniqueTemplateNames" | "nameCharsetEnforced" | "descriptionCharsetEnforced" | "callbackKeyLimited" | "urlHostChecked"
> = {
  uniqueTemplateNames: {
    text: "Is a second template of the same name rejected?",
    async find(lab) {
      const { id, name } = await lab.templates.make();
      const second = await lab.templates.create(name);
      if (second === id) throw new Unsettled("the second create returned the id of the first");
      if (typeof second === "number") return settled(false, "two templates had the same name");
      if (second.code === "InternalError.ConfOutLimit") throw new Unsettled("the account has too many templates");
      const known = second.code === "InvalidParameter.ArgsNotMatch";
      return settled(true, `${second.code}: ${second.message}`, known ? undefined : "the emulator has another code");
    },
  },

  nameCharsetEnforced: {
    text: "Are the characters of a template's name checked?",
    find: (lab) => refusals(lab, "TemplateName", (name) => [["a space", `${name} x`]]),
  },

  descriptionCharsetEnforced: {
    text: "Are the characters of a description checked?",
    find: (lab) => refusals(lab, "Description", (name) => [["a space", `${name} x`]]),
  },

  callbackKeyLimited: {
    text: "Does the console's limit of the callback key, 32 letters and digits, apply?",
    find: (lab) =>
      refusals(lab, "CallbackKey", () => [
        ["33 letters", "k".repeat(33)],
        ["a hyphen", "probe-key"],
      ]),
  },

  urlHostChecked: {
    text: "Must the host of a callback URL be public?",
    find: (lab) =>
      refusals(lab, "StreamEndNotifyUrl", () => [
        ["a name that never resolves", "https://probe.invalid/"],
        ["an address of the machine itself", "http://127.0.0.1/"],
      ]),
  },
};

/** Returns whether the values of a field are rejected. @throws Unsettled if only some of them are */
async function refusals(
  lab: Lab,
  field: string,
  values: (name: string) => [what: string, value: string][],
): Promise<Answer<boolean>> {
  const rejected: string[] = [];
  const accepted: string[] = [];
  for (const [what, value] of values(lab.newName())) {
    const { rejected: error, read } = await lab.templates.modify(await lab.templates.make(), { [field]: value });
    if (read && read[field] !== value) throw new Unsettled(`${what} was accepted, but is read back differently`);
    if (error) rejected.push(`${what} (${error.code})`);
    else accepted.push(what);
  }
  if (rejected.length === 0) return settled(false, `accepted: ${accepted.join(", ")}`);
  if (accepted.length === 0) return settled(true, `rejected: ${rejected.join(", ")}`);
  throw new Unsettled(`rejected: ${rejected.join(", ")}; but accepted: ${accepted.join(", ")}`);
}
