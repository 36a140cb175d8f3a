import { CALLBACK_EVENTS, type CallbackEventName } from "../provider/api/contract/events";
import { type DeliveryRecord, deliveryRecords, KEPT_MS, type RecordQuery } from "./callbackRecords";
import { cloud, cloudFailure } from "./cloud";
import { CREDENTIALS_NOTE, defineSubcommand, EXIT, oneLine, type Terminal, textTable } from "./command";
import { type CommandSpec, type OptionValues, UsageError } from "./commandLine";
import { callbackKeys, checkKeyChoice, eventName, KEY_VARIABLE, receiverUrl, timeOrAge } from "./optionValues";
import type { Target } from "./resend";

/** The distance of a query from the 14-day limit, so that it is still within the limit when it arrives. */
const MARGIN_MS = 60_000;

const spec = {
  name: "deliveries",
  description:
    "Lists the callbacks that the cloud sent for a stream, and the responses. With --failed --resend, sends each " +
    "event again that never got a response with status 200, with a new signature.",
  options: {
    stream: { value: "name", required: true, help: "the exact name of the stream" },
    since: {
      ...{ value: "when", default: "1h" },
      help: "an age (90s, 30m, 12h or 14d) or a time like 2025-01-02T03:04:05Z, at most 14 days ago",
    },
    until: { value: "when", help: "an age or a time, as for --since (default: now)" },
    event: { value: "name", help: "only this event, for example record" },
    failed: { help: "only callbacks that got no response with status 200" },
    resend: { value: "url", help: "with --failed: send undelivered events to this receiver; proxies are not used" },
    key: {
      value: "key",
      help: `with --resend: the callback key; prefer the variable ${KEY_VARIABLE}`,
    },
    unsigned: { help: "with --resend: send no signature" },
    json: { help: "print the result as JSON" },
  },
  notes: `${CREDENTIALS_NOTE}
CAM action: live:DescribeCallbackRecordsList.`,
} as const satisfies CommandSpec;

interface Choices extends RecordQuery {
  event: CallbackEventName | undefined;
  failed: boolean;
  target: Target | undefined;
}

/** Prints the callbacks for a stream, or sends the undelivered ones again. */
export const deliveries = defineSubcommand(spec, async ({ values }, terminal) => {
  const choices = userChoices(values, terminal);
  const found = await findDeliveries(choices, terminal).catch((error: unknown) => {
    const message = cloudFailure(error);
    throw message === undefined ? error : new Error(message);
  });
  const { stream, target } = choices;
  if (target) {
    // Loaded only here, because a list needs neither the emulator nor the receiver.
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
  if (since < now - KEPT_MS)
    throw new UsageError("--since must be at most 14 days ago: the cloud keeps no older records");
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
    if (key !== undefined || unsigned) throw new UsageError("--key and --unsigned require --resend");
    return undefined;
  }
  if (!failed) throw new UsageError("--resend requires --failed: it sends only undelivered events");
  const keys = callbackKeys(key === undefined ? [] : [key], environment);
  checkKeyChoice(keys, unsigned);
  return { url: receiverUrl("resend", url), key: unsigned ? undefined : keys[0] };
}

/**
 * Reads the records of the requested events. The API can filter by some events only, so the others are
 * filtered here. A resend also needs the successful attempts, which show what was delivered by a retry.
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
  return textTable([["TIME", "EVENT", "RESULT", "RESPONDED", "RESPONSE"], ...rows]);
}
