import type { Emulator } from "../../emulator";
import { canonicalDomain } from "../../provider/api/contract/hosts";
import { CANARIES } from "./provider/canaries";

const HOOKS = "https://hooks.example.com";

/** Names from consoles and other tools. The other templates are numbered. */
const NAMES = [
  "live-hooks",
  "live_hooks",
  "直播回调",
  "直播回调",
  '2024 live: "main"',
  "default",
  "LIVE",
  "a-name-of-more-than-thirty-characters-by-another-tool",
  "!!!",
  "line\u2028end",
];

const LEFT_OUT_RULES = [
  "rule *.example.com/*",
  "rule gone.example.com/*",
  "rule odd.example.com/live stream",
  "rule unused.example.com/*",
];
/**
 * The items that cannot be declared, with the labels of the export if the API returns `*` for a whole domain.
 */
export const LEFT_OUT = ['template 385671 "no-url"', ...LEFT_OUT_RULES];

/** Adds 50 templates and a number of rules to an account, in the forms that consoles produce. */
export function fillAsConsolesDo(emulator: Pick<Emulator, "putTemplate" | "putRule">, rules: number): void {
  const ids = Array.from({ length: 49 }, (_, index) => emulator.putTemplate(template(index)).TemplateId);
  const unused = emulator.putTemplate({ TemplateName: "no-url", CallbackKey: `${CANARIES.callbackKey}99` });
  const of = (index: number): number => ids[index % ids.length] ?? 0;
  const declarable = rules - LEFT_OUT_RULES.length;
  for (let index = 0; index < declarable; index++) emulator.putRule({ ...rule(index), TemplateId: of(index) });
  emulator.putRule({ DomainName: "*.example.com", TemplateId: unused.TemplateId });
  emulator.putRule({ DomainName: "gone.example.com", TemplateId: 1 });
  emulator.putRule({ DomainName: "odd.example.com", AppName: "live stream", TemplateId: unused.TemplateId });
  emulator.putRule({ DomainName: "unused.example.com", TemplateId: unused.TemplateId });
}

function template(index: number) {
  return {
    TemplateName: NAMES[index] ?? `template-${index}`,
    StreamBeginNotifyUrl: index === 1 ? CANARIES.url : `${HOOKS}/live/${index}`,
    ...(index % 2 === 0 && { Description: index === 4 ? 'made by "hand", it\'s long: '.repeat(8) : `made-${index}` }),
    // Few keys, because the export runs the CLI once per secret.
    ...(index < NAMES.length && index % 3 === 0 && { CallbackKey: `${CANARIES.callbackKey}${index}` }),
    ...(index % 4 === 0 && { StreamEndNotifyUrl: `${HOOKS}/live/${index}`, RecordNotifyUrl: `${HOOKS}/files` }),
    ...(index % 5 === 0 && { RecordExceptionNotifyUrl: `${HOOKS}/errors`, RecordExceptionLevels: levels(index) }),
    ...(index % 7 === 0 && { RecordStatusNotifyUrl: `${HOOKS}/status`, AudioAuditNotifyUrl: `${HOOKS}/audio` }),
  };
}

const levels = (index: number): string[] => (index % 2 === 0 ? ["error"] : ["warning", "error"]);

/** Rules of whole domains, with mixed case and Chinese characters, and rules of apps. */
function rule(index: number) {
  const domain =
    index % 50 === 3
      ? canonicalDomain(`直播${index}.example.com`)
      : `${index % 10 === 0 ? "Push" : "push"}${index}.example.com`;
  return { DomainName: domain, ...(index % 3 === 0 && { AppName: `app_${index}.Live-1` }) };
}
