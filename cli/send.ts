import { buildPayload, signedPayload } from "../emulator/events/payloads";
import type { Payload } from "../emulator/events/payloads/occurrence";
import { MAX_BODY_CHARACTERS, type PostResponse, post } from "../emulator/events/post";
import { type CompleteEvent, completeEvent } from "../emulator/events/streamEvent";
import {
  CALLBACK_EVENT_NAMES,
  CALLBACK_EVENTS,
  CALLBACK_TIMEOUT_MS,
  type CallbackEventName,
} from "../provider/api/contract/events";
import { isHostName } from "../provider/api/contract/hosts";
import { redactor, withoutUrlSecrets } from "../provider/redaction";
import { defineSubcommand, EXIT, oneLine, type Terminal } from "./command";
import { type CommandSpec, type OptionValues, UsageError } from "./commandLine";
import { callbackKeys, checkKeyChoice, eventName, KEY_VARIABLE, receiverUrl } from "./optionValues";

const spec = {
  name: "send",
  description:
    "Posts a sample event to a receiver, signed as the cloud signs it, and judges the response as the cloud does: " +
    "only status 200 within 20 s counts as received.",
  options: {
    event: { value: "name", required: true, help: `one of ${CALLBACK_EVENT_NAMES.join(", ")}` },
    url: { value: "url", required: true, help: "the URL of the receiver; proxies are not used" },
    key: {
      value: "key",
      help: `the callback key; prefer the variable ${KEY_VARIABLE}: arguments are visible in the list of processes`,
    },
    unsigned: { help: "send no signature, as for a template without a key" },
    domain: { value: "name", help: "the push domain in the event", default: "push.example.com" },
    app: { value: "name", help: "the app in the event (default: live)" },
    stream: { value: "name", help: "the stream in the event (default: stream)" },
    json: { help: "print the result as JSON" },
  },
} as const satisfies CommandSpec;

interface Message {
  event: CompleteEvent;
  url: URL;
  /** The callback key. Without it, the message is not signed. */
  key: string | undefined;
}

/** Sends a sample event to a receiver, and prints whether the cloud would accept the response. */
export const send = defineSubcommand(spec, async ({ values }, terminal) => {
  const { event, url, key } = message(values, terminal);
  const { clock } = terminal;
  const body = JSON.stringify(payload(event, key, clock.now()));
  const begun = clock.monotonic();
  const options = { contentType: "application/json", timeoutMs: CALLBACK_TIMEOUT_MS, timer: clock.timer };
  const response = await post(url, body, options);
  const durationMs = Math.round(clock.monotonic() - begun);
  const result = {
    ...judge(response, { durationMs, isSigned: key !== undefined }),
    ...{ event: event.event, url: withoutUrlSecrets(url.href), signed: key !== undefined, durationMs },
    ...response,
    body: withoutKey(response.body, key),
  };
  terminal.print(values.json ? JSON.stringify(result) : report(result));
  return result.ok ? EXIT.success : EXIT.failure;
});

/** Hides the key that a receiver repeats in its response, also the start of it where the response is cut. */
function withoutKey(body: string, key = ""): string {
  const hide = redactor([key]);
  if (body.length < MAX_BODY_CHARACTERS) return hide(body);
  const starts = Array.from(key, (_, index) => key.slice(0, key.length - index));
  const cut = starts.find((start) => body.endsWith(start)) ?? "";
  return hide(body.slice(0, body.length - cut.length) + (cut && key));
}

function message(values: OptionValues<typeof spec>, { environment }: Terminal): Message {
  const name = eventName("event", values.event);
  const keys = callbackKeys(values.key === undefined ? [] : [values.key], environment);
  checkKeyChoice(keys, values.unsigned);
  return {
    event: sampleEvent(name, values),
    url: receiverUrl("url", values.url),
    key: values.unsigned ? undefined : keys[0],
  };
}

function sampleEvent(event: CallbackEventName, { domain, app, stream }: OptionValues<typeof spec>): CompleteEvent {
  if (!isHostName(domain)) throw new UsageError("--domain takes a host name, for example push.example.com");
  if (app === "" || stream === "") throw new UsageError("--app and --stream must not be empty");
  return completeEvent({ event, domainName: domain, appName: app, streamName: stream });
}

function payload(event: CompleteEvent, key: string | undefined, now: number): Payload {
  const unsigned = buildPayload(event, { now });
  return key === undefined ? unsigned : signedPayload(unsigned, key, now);
}

/** How the cloud judges a response. */
interface Verdict {
  /** Whether the event counts as received. */
  ok: boolean;
  /** Advice for the user, in sentences. */
  hints: string[];
}

/** A response that takes longer than this gets a hint. */
const SLOW_MS = 15_000;

const HINTS: readonly (readonly [from: number, to: number, hint: string, forUnsigned?: string])[] = [
  [201, 299, "Only status 200 counts as received."],
  [300, 399, "The cloud does not follow redirects: set the target URL in the template."],
  [401, 401, "The cloud sends no credentials except the signature."],
  [
    403,
    403,
    "The receiver rejects the message: does it use the same callback key?",
    "The receiver rejects the message, which is not signed: give its callback key, without --unsigned.",
  ],
  [404, 405, "Is this the path of the receiver, and does it accept POST?"],
  [413, 413, "The receiver's limit for the body size is too low."],
  [415, 415, "The receiver should accept any content type: the cloud's is not documented."],
  [500, 599, "The receiver failed: see its log."],
];

/** Judges a response as the cloud does: by its status alone. */
function judge(
  { status, body, failure }: PostResponse,
  { durationMs, isSigned }: { durationMs: number; isSigned: boolean },
): Verdict {
  if (failure !== undefined) return { ok: false, hints: [] };
  if (status !== 200) {
    const found = HINTS.find(([from, to]) => status !== undefined && status >= from && status <= to);
    const [, , hint, forUnsigned = hint] = found ?? [];
    const hints = [isSigned ? hint : forUnsigned].filter((text) => text !== undefined);
    return { ok: false, hints };
  }
  const slow = durationMs > SLOW_MS ? ["The response is slow: the cloud waits 20 s."] : [];
  const bare = recommended(body) ? [] : ['The documents recommend the body {"code":0}; the status alone counts.'];
  return { ok: true, hints: [...slow, ...bare] };
}

function recommended(body: string): boolean {
  try {
    return JSON.parse(body)?.code === 0;
  } catch {
    return false;
  }
}

interface Result extends Verdict {
  event: CallbackEventName;
  url: string;
  signed: boolean;
  durationMs: number;
  status?: number;
  body: string;
  failure?: string;
}

function report({ event, url, signed, durationMs, ok, status, body, failure, hints }: Result): string {
  const response = failure ?? `status ${status} in ${durationMs} ms: ${oneLine(body) || "(no body)"}`;
  return [
    `${event} (event_type ${CALLBACK_EVENTS[event].eventType}), ${signed ? "signed" : "not signed"}, to ${url}`,
    response,
    ok ? "RECEIVED: the cloud would not send it again." : "NOT RECEIVED: the cloud would send it again.",
    ...hints,
  ].join("\n");
}
