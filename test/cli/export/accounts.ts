import type { Emulator } from "../../../emulator";
import { CANARIES } from "../../support/provider/canaries";

type Account = (emulator: Pick<Emulator, "putTemplate" | "patchTemplate" | "putRule">) => void;

const HOOKS = "https://hooks.example.com";

/** Small accounts by name. The folder `golden` has their exports. */
export const ACCOUNTS: Readonly<Record<string, Account>> = {
  /** Chinese names, two templates with the same name and one without a name, a shared key, and secrets in a URL. */
  chinese: (emulator) => {
    const key = { CallbackKey: CANARIES.callbackKey };
    const begin = { StreamBeginNotifyUrl: `${HOOKS}/live` };
    const live = emulator.putTemplate({ TemplateName: "直播回调", Description: "线上", ...begin, ...key });
    emulator.putTemplate({ TemplateName: "截图", SnapshotNotifyUrl: CANARIES.url, ...key });
    emulator.putTemplate({ TemplateName: "直播回调", RecordNotifyUrl: `${HOOKS}/files` });
    emulator.putRule({ DomainName: "push.example.com", TemplateId: live.TemplateId });
    emulator.putRule({ DomainName: "push.example.com", AppName: "live", TemplateId: live.TemplateId });
    emulator.putTemplate({ TemplateName: "", ...begin });
  },

  /** Names that are not valid or not unique as variables, long values, and items that cannot be declared. */
  odd: (emulator) => {
    const urls = { StreamBeginNotifyUrl: `${HOOKS}/${"long/".repeat(20)}`, StreamEndNotifyUrl: `${HOOKS}/end` };
    const names = ["default", "live-hooks", "live_hooks", "2024 plan", "line\u2028end"];
    const [, hooks, more] = names.map((TemplateName) => emulator.putTemplate({ TemplateName, ...urls }).TemplateId);
    const none = emulator.putTemplate({ TemplateName: "no-url" }).TemplateId;
    emulator.patchTemplate(more ?? 0, { Description: 'say "yes"', CallbackKey: CANARIES.callbackKey });
    for (const number of [10, 2, 3, 4, 5]) {
      emulator.putRule({ DomainName: `Push${number}.Example.com`, TemplateId: hooks ?? 0 });
    }
    emulator.putRule({ DomainName: "any.example.com", AppName: "*", TemplateId: more ?? 0 });
    emulator.putRule({ DomainName: "push.example.com", AppName: "one", TemplateId: more ?? 0 });
    emulator.putRule({ DomainName: "push.example.com", AppName: "two words", TemplateId: more ?? 0 });
    emulator.putRule({ DomainName: "*.example.com", TemplateId: more ?? 0 });
    emulator.putRule({ DomainName: "gone.example.com", TemplateId: 1 });
    emulator.putRule({ DomainName: "none.example.com", TemplateId: none });
  },

  /** Each kind of event, rules of apps only, and two keys. */
  events: (emulator) => {
    const recordings = {
      ...{ TemplateName: "Recordings", RecordNotifyUrl: `${HOOKS}/files`, CallbackKey: CANARIES.callbackKey },
      ...{ RecordExceptionNotifyUrl: `${HOOKS}/errors`, RecordExceptionLevels: ["warning", "error"] },
    };
    const moderation = {
      ...{
        TemplateName: "moderation",
        SnapshotNotifyUrl: `${HOOKS}/snapshots`,
        CallbackKey: `${CANARIES.callbackKey}2`,
      },
      ...{ PornCensorshipNotifyUrl: `${HOOKS}/images`, AudioAuditNotifyUrl: `${HOOKS}/audio` },
      ...{ PushExceptionNotifyUrl: `${HOOKS}/push`, RecordExceptionNotifyUrl: `${HOOKS}/errors` },
    };
    const { TemplateId } = emulator.putTemplate(recordings);
    emulator.putTemplate(moderation);
    for (const AppName of ["sports", "concerts"])
      emulator.putRule({ DomainName: "a.example.com", AppName, TemplateId });
  },

  /** Names that clash with other names in a program, and texts that YAML or TypeScript would interpret. */
  clashing: (emulator) => {
    const put = (TemplateName: string, more = {}) =>
      emulator.putTemplate({ TemplateName, StreamBeginNotifyUrl: HOOKS, ...more }).TemplateId;
    const hooks = put("live-hooks");
    for (const name of ["a", "b"]) emulator.putRule({ DomainName: `${name}.example.com`, TemplateId: hooks });
    put("live-hooks-binding-1");
    put("a", { CallbackKey: CANARIES.callbackKey });
    put("a-callback-key", { CallbackKey: `${CANARIES.callbackKey}2` });
    for (const name of ["config", "pulumi", "__proto__", "Object", "1e3", "null", "*/ //", "x\u202egnp.js"]) put(name);
    // The name of the next template in YAML.
    put(`template-${hooks + 13}`);
    put("直播");
    for (const text of [`it's "x"`, "`whoami`", "a\\b", "{{x}}", "C:\\new", "- x: # y"]) {
      put(text, { Description: text, StreamBeginNotifyUrl: `${HOOKS}/${text.replaceAll(" ", "")}` });
    }
  },
};
