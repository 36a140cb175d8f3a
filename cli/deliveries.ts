import { CALLBACK_EVENTS, type CallbackEventName } from "../provider/api/contract/events";
import { type DeliveryRecord, deliveryRecords, KEPT_MS, type RecordQuery } from "./callbackRecords";
import { cloud, cloudFailure } from "./cloud";
import { defineSubcommand, EXIT, oneLine, type Terminal, textTable } from "./command";
import { type CommandSpec, type OptionValues, UsageError } from "./commandLine";
import { callbackKeys, checkKeyChoice, eventName, KEY_VARIABLE, receiverUrl, timeOrAge } from "./optionValues";
import type { Target } from "./resend";

/** How far inside the 14 days a query begins, so that it is still inside when it arrives. */
const MARGIN_MS = 60_000;

const spec = {
  name: "deliveries",
  description:
    "Lists the callbacks that the cloud made for a stream, and the responses to them. With --failed --resend it sends " +
    "again, signed anew, each event of which no attempt was answered with status 200.",
  options: {
    stream: { value: "name", required: true, help: "the exact name of the stream" },
    since: {
      ...{ value: "when", default: "1h" },
      help: "how long ago: 90s, 30m, 12h, 14d; or a time like 2025-01-02T03:04:05Z; at most 14 days",
    },
    until: { value: "when", help: "the same (default: now)" },
    event: { value: "name", help: "only this event, for example record" },
    failed: { help: "only callbacks to which the response was not status 200" },
    resend: { value: "url", help: "with --failed: send what was not delivered to this receiver; proxies are not used" },
    key: {
      value: "key",
      help: `with --resend: the callback key; prefer the variable ${KEY_VARIABLE}`,
    },
    unsigned: { help: "with --resend: send no signature" },
    json: { help: "print the result as JSON" },
  },
  notes: `Credentials and settings are those of the provider: TENCENTCLOUD_SECRET_ID,
TENCENTCLOUD_SECRET_KEY, TENCENTCLOUD_SECURITY_TOKEN, TENCENTCLOUD_LIVE_ENDPOINT,
roles, profiles and the rest.
CAM action: live:DescribeCallbackRecordsList.`,
} as const satisfies CommandSpec;

interface Choices extends RecordQuery {
  event: CallbackEventName | undefined;
  failed: boolean;
  target: Target | undefined;
}

/** Prints what the cloud delivered for a stream. */
export const deliveries = defineSubcommand(spec, async ({ values }, terminal) => {
  const choices = userChoices(values, terminal);
  const found = await findDeliveries(choices, terminal).catch((error: unknown) => {
    const message = cloudFailure(error);
    throw message === undefined ? error : new Error(message);
  });
  const { stream, target } = choices;
  if (target) {
    // A list needs neither the emulator nor the receiver.
    const { resend, resendReport, undelivered } = require("./resend") as typeof import("./resend");
    const resent = await resend(undelivered(found), target, terminal);
    terminal.print(values.json ? JSON.stringify({ stream, resent }) : resendReport(resent, target));
    return resent.every(({ ok }) => ok) ? EXIT.success : EXIT.failure;
  }
  const [since, until] = [new Date(choices.since).toISOString(), new Date(choices.until).toISOString()];
  terminal.print(
    values.json ? JSON.stringify({ stream, since, until, deliveries: found }) : report(found, choices, since),
  );
  return EXIT.success;
});

function userChoices(values: OptionValues<typeof spec>, terminal: Terminal): Choices {
  const { stream, event, failed } = values;
  const now = terminal.clock.now();
  const since = timeOrAge("since", values.since, now);
  const until = values.until === undefined ? now : timeOrAge("until", values.until, now);
  if (since < now - KEPT_MS) throw new UsageError("--since is at most 14 days ago: the cloud keeps no more");
  if (since > until) throw new UsageError("--since must be before --until");
  return {
    ...{ stream, since: Math.max(since, now - KEPT_MS + MARGIN_MS), until, failed },
    event: event === undefined ? undefined : eventName("event", event),
    target: resendTarget(values, terminal),
  };
}

function resendTarget(values: OptionValues<typeof spec>, { environment }: Terminal): Target | undefined {
  const { resend: url, key, unsigned, failed } = values;
  if (url === undefined) {
    if (key !== undefined || unsigned) throw new UsageError("--key and --unsigned need --resend");
    return undefined;
  }
  if (!failed) throw new UsageError("--resend needs --failed: only what was not delivered is sent again");
  const keys = callbackKeys(key === undefined ? [] : [key], environment);
  checkKeyChoice(keys, unsigned);
  return { url: receiverUrl("resend", url), key: unsigned ? undefined : keys[0] };
}

/**
 * The API filters by some events only; the others are picked here. Successful attempts are needed to send again: they
 * say which events were delivered later.
 */
async function findDeliveries(choices: Choices, terminal: Terminal): Promise<DeliveryRecord[]> {
  const { event, failed, target } = choices;
  const wanted = event && CALLBACK_EVENTS[event];
  const { client, budget } = cloud(terminal);
  const query = { ...choices, eventType: wanted?.recordFilter ? wanted.eventType : undefined };
  return (await deliveryRecords(client, query, budget))
    .filter((record) => (!wanted || record.eventType === wanted.eventType) && !(failed && record.ok && !target))
    .sort((a, b) => compare(a.time, b.time) || compare(a.answeredAt, b.answeredAt));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function report(found: DeliveryRecord[], { stream, event, failed }: Choices, from: string): string {
  if (found.length === 0) {
    const what = `${failed ? "failed " : ""}callback${event ? ` of ${event}` : ""}`;
    return `The cloud's record has no ${what} for the stream "${oneLine(stream)}" since ${from}.`;
  }
  const rows = found.map((record) => [
    record.time,
    record.event === "unknown" ? `event ${record.eventType}` : record.event,
    record.ok ? "ok" : `failed (${record.resultCode})`,
    record.answeredAt,
    oneLine(record.response),
  ]);
  return textTable([["TIME", "EVENT", "RESULT", "ANSWERED", "ANSWER"], ...rows]);
}
