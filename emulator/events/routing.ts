import { CALLBACK_EVENTS } from "../../provider/api/contract/events";
import { isLoopbackHost } from "../../provider/api/contract/hosts";
import { canonicalLevel, DEFAULT_RECORD_EXCEPTION_LEVELS } from "../../provider/api/contract/limits";
import { type Rule, ruleKey, type Template } from "../account/store";
import type { EventDialect } from "../dialect";
import type { Payload } from "./payloads/occurrence";
import type { Bindings } from "./propagation";
import type { CompleteEvent } from "./streamEvent";

/** Why the cloud would not call back for an event. */
export type NoDelivery = "noRule" | "noUrl" | "levelNotChosen";

/** Where an event is sent, or why it is not sent. */
export type Routing = { url: string; key: string | undefined } | { outcome: NoDelivery; reason: string };

/** Finds the URL for an event by the rule of its app or of its whole domain. */
export function findRouting(
  event: CompleteEvent,
  payload: Payload,
  bindings: Bindings,
  dialect: EventDialect,
): Routing {
  const { domainName, appName } = event;
  const rule = ruleFor(event, bindings, dialect);
  const template = rule && bindings.templates.get(rule.TemplateId);
  if (!rule || !template) {
    return { outcome: "noRule", reason: `no template is bound to ${domainName} or its app ${appName}` };
  }
  const field = CALLBACK_EVENTS[event.event].urlField;
  const url = template[field];
  const subject = `the template "${template.TemplateName}" of ${rule.DomainName}${rule.AppName && `/${rule.AppName}`}`;
  if (!url) return { outcome: "noUrl", reason: `${subject} has no ${field}` };
  if (
    event.event === "recordException" &&
    !levels(template).includes(canonicalLevel(String(payload["exception_level"])))
  ) {
    const chosen = levels(template).join(", ");
    return { outcome: "levelNotChosen", reason: `${subject} has only the exception levels ${chosen}` };
  }
  return { url, key: template.CallbackKey };
}

function ruleFor(event: CompleteEvent, { rules }: Bindings, { rulePrecedence }: EventDialect): Rule | undefined {
  const apps = rulePrecedence === "app" ? [event.appName, ""] : ["", event.appName];
  return apps.map((app) => rules.get(ruleKey(event.domainName, app))).find(Boolean);
}

const levels = ({ RecordExceptionLevels }: Template): string[] =>
  (RecordExceptionLevels ?? DEFAULT_RECORD_EXCEPTION_LEVELS).map(canonicalLevel);

/** Which callbacks are actually sent, and where: see `EmulatorOptions.deliverTo`. */
export type DeliverTo = "thisMachine" | "anywhere" | (string & {});

/** Returns the option. @throws Error if it is neither of the two words nor the origin of a receiver */
export function checkedDeliverTo(deliverTo: DeliverTo): DeliverTo {
  if (deliverTo === "thisMachine" || deliverTo === "anywhere" || isOrigin(deliverTo)) return deliverTo;
  throw new Error(
    'deliverTo must be "thisMachine", "anywhere" or the URL of a receiver without a path, ' +
      `for example http://127.0.0.1:3000; got "${deliverTo}"`,
  );
}

/** Whether a text is an `http:` or `https:` URL that has only a host. */
export function isOrigin(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
}

/** Returns where a callback to this URL is actually sent; `undefined` if it would leave this machine. */
export function targetOf(template: string, deliverTo: DeliverTo): URL | undefined {
  const url = new URL(template);
  if (deliverTo === "anywhere") return url;
  if (deliverTo === "thisMachine") return isLoopbackHost(url.hostname) ? url : undefined;
  return new URL(`${new URL(deliverTo).origin}${url.pathname}${url.search}`);
}
