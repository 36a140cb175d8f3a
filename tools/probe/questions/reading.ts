import { isSet } from "../account";
import { type Answers, moot, settled, settledValue, Unsettled } from "../answers";
import type { Lab } from "../lab";
import type { Raw } from "../wire";
import type { Questions } from "./question";

/** Questions about how templates and rules are read back. */
export const readingQuestions: Questions<
  "unsetReads" | "recordStatusReturned" | "levelSpelling" | "timeFormat" | "appNameEmptyReads"
> = {
  unsetReads: {
    text: "How does a template show a field that is not set?",
    async find(lab) {
      const { read: template } = await lab.templates.make();
      const found = Object.keys(DOCUMENTED).map((name) => `${name} ${shown(template[name])}`);
      for (const [value, reads] of Object.entries(WAYS)) {
        const fits = Object.keys(DOCUMENTED).every((name) => shown(template[name]) === shown(reads(name)));
        if (fits) return settled(value as keyof typeof WAYS, found.join(", "));
      }
      throw new Unsettled(`no value of the emulator fits: ${found.join(", ")}`);
    },
  },

  recordStatusReturned: {
    text: "Is RecordStatusNotifyUrl read back?",
    async find(lab, answers) {
      if (isOlder(answers)) return moot(OLDER);
      const read = await written(lab, { RecordStatusNotifyUrl: lab.url });
      const returned = "RecordStatusNotifyUrl" in read;
      if (returned && !isSet(read["RecordStatusNotifyUrl"]))
        throw new Unsettled("it is read back, but not as it was set");
      return settled(returned, returned ? "as it was set" : "the response has no such member");
    },
  },

  levelSpelling: {
    text: "How is the level between error and info read back?",
    async find(lab, answers) {
      if (isOlder(answers)) return moot(OLDER);
      const sent = { RecordExceptionNotifyUrl: lab.url, RecordExceptionLevels: ["warning", "error"] };
      const levels = (await written(lab, sent))["RecordExceptionLevels"];
      const found = `["warning","error"] reads as ${JSON.stringify(levels)}`;
      const names: unknown[] = Array.isArray(levels) ? levels : [];
      if (names.includes("warning")) return settled("asSent", found);
      if (names.includes("alarm")) return settled("alarm", found);
      throw new Unsettled(found);
    },
  },

  timeFormat: {
    text: "What is the format of the times of rules?",
    async find(lab) {
      const rules = await lab.rules.mustBind(lab.newName(), (await lab.templates.make()).id);
      const times = rules.flatMap(({ CreateTime, UpdateTime }) => [CreateTime, UpdateTime]).map(String);
      const all = (pattern: RegExp) => times.length > 0 && times.every((time) => pattern.test(time));
      if (all(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)) return settled("plain", times.join(", "));
      if (all(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/)) return settled("rfc3339", times.join(", "));
      throw new Unsettled(`they are ${times.join(", ")}`);
    },
  },

  appNameEmptyReads: {
    text: "How does the list show the app of a rule of a whole domain?",
    async find(lab, answers) {
      if (settledValue(answers, "appNameEmpty") === "refused") return moot("there can be no such rule");
      const rules = await lab.rules.mustBind("", (await lab.templates.make()).id);
      const apps = rules.map(({ AppName }) => shown(AppName));
      const value = apps.length === 1 ? APP_READS[apps[0] ?? ""] : undefined;
      if (value) return settled(value, `AppName ${apps[0]}`);
      throw new Unsettled(`the rules of the domain have the apps ${apps.join(", ")}`);
    },
  },
};

const OLDER = "the endpoint does not accept the field";
const isOlder = (answers: Answers): boolean => settledValue(answers, "apiModel") === "older";

const APP_READS: Record<string, "empty" | "null" | "missing" | "star"> = {
  '""': "empty",
  null: "null",
  missing: "missing",
  '"*"': "star",
};

/** The members of the published model, with the documented value when they are not set. */
const DOCUMENTED: Record<string, "" | null | undefined> = {
  Description: "",
  StreamEndNotifyUrl: "",
  RecordNotifyUrl: "",
  SnapshotNotifyUrl: "",
  PornCensorshipNotifyUrl: "",
  CallbackKey: "",
  PushExceptionNotifyUrl: null,
  AudioAuditNotifyUrl: null,
  RecordExceptionNotifyUrl: undefined,
  RecordExceptionLevels: undefined,
};

const WAYS = {
  documented: (name: string) => DOCUMENTED[name],
  empty: (name: string) => (name === "RecordExceptionLevels" ? [] : ""),
  null: () => null,
  missing: () => undefined,
};

const shown = (value: unknown): string => JSON.stringify(value) ?? "missing";

/** Returns a template as it is read back after a change. @throws Unsettled if the change is rejected */
async function written(lab: Lab, changes: Record<string, unknown>): Promise<Raw> {
  const { rejected, read } = await lab.templates.modify(await lab.templates.make(), changes);
  if (rejected) throw new Unsettled(`the field was rejected (${rejected.code}: ${rejected.message})`);
  return read;
}
