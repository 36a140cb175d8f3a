import { type EventName, eventKinds, eventNames } from "../emulator/events/payloads";
import type { Payload } from "../emulator/events/payloads/occurrence";
import { post } from "../emulator/events/post";
import { signedPayload } from "../emulator/events/signature";
import { buildPayload, type CompleteEvent, completeEvent, type StreamEvent } from "../emulator/events/streamEvent";
import { isHostName } from "../provider/api/contract/hosts";
import { redact, withoutUrlSecrets } from "../provider/redaction";
import { callbackKeys, checkKeyChoice, parseFlags, required, UsageError } from "./commandLine";
import { judge } from "./judge";
import { FAILED, OK, oneLine, type Terminal } from "./terminal";
import { usages } from "./usage";

const TIMEOUT_MS = 20_000;

const flags = {
  event: { type: "string" },
  url: { type: "string" },
  key: { type: "string" },
  unsigned: { type: "boolean" },
  domain: { type: "string" },
  app: { type: "string" },
  stream: { type: "string" },
  json: { type: "boolean" },
} as const;

interface Choices {
  event: CompleteEvent;
  url: URL;
  /** Absent: not signed. */
  key: string | undefined;
  json: boolean;
}

/** Sends a sample to a receiver and prints what the cloud would make of the answer. Resolves with the exit code. */
export async function send(args: string[], terminal: Terminal): Promise<number> {
  const choices = userChoices(args, terminal);
  if (choices === "help") {
    terminal.print(usages.send);
    return OK;
  }
  const { event, url, key, json } = choices;
  const payload = message(choices, terminal.now());
  const begun = terminal.now();
  const options = { contentType: "application/json", timeoutMs: TIMEOUT_MS, timer: terminal.timer };
  const response = await post(url, JSON.stringify(payload), options);
  const durationMs = terminal.now() - begun;
  const result = {
    ...judge(response, durationMs),
    ...{ event: event.event, url: withoutUrlSecrets(url.href), signed: key !== undefined, durationMs },
    ...response,
    // A receiver may answer with what it should have kept to itself.
    body: redact(response.body, [key ?? ""]),
  };
  terminal.print(json ? JSON.stringify(result) : report(result));
  return result.ok ? OK : FAILED;
}

function userChoices(args: string[], { environment }: Terminal): Choices | "help" {
  const { values } = parseFlags(args, flags);
  if (values.help) return "help";
  const name = required("event", values.event);
  if (!Object.hasOwn(eventKinds, name)) {
    throw new UsageError(`--event is one of ${eventNames.join(", ")}`);
  }
  const keys = callbackKeys(values.key === undefined ? [] : [values.key], environment);
  checkKeyChoice(keys, values.unsigned ?? false);
  return {
    event: sampleOf(name as EventName, values),
    url: receiverUrl(required("url", values.url)),
    key: values.unsigned ? undefined : keys[0],
    json: values.json ?? false,
  };
}

function sampleOf(
  event: EventName,
  { domain = "push.example.com", app, stream }: Record<string, unknown>,
): CompleteEvent {
  if (!isHostName(String(domain))) throw new UsageError("--domain takes a host name, for example push.example.com");
  if (app === "" || stream === "") throw new UsageError("--app and --stream must not be empty");
  return completeEvent({ event, domainName: domain, appName: app, streamName: stream } as StreamEvent);
}

function receiverUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new UsageError("--url takes an http: or https: URL, for example http://127.0.0.1:3000/live");
}

function message({ event, key }: Choices, now: number): Payload {
  const payload = buildPayload(event, { now });
  return key === undefined ? payload : signedPayload(payload, key, now);
}

interface Result extends ReturnType<typeof judge> {
  event: EventName;
  url: string;
  signed: boolean;
  durationMs: number;
  status?: number;
  body: string;
  failure?: string;
}

function report({ event, url, signed, durationMs, ok, status, body, failure, hints }: Result): string {
  const answered = failure ?? `answered ${status} in ${Math.round(durationMs)} ms: ${oneLine(body) || "(no body)"}`;
  return [
    `${event} (event_type ${eventKinds[event].eventType}), ${signed ? "signed" : "not signed"}, to ${url}`,
    answered,
    ok ? "OK: the cloud takes it as received." : "NOT RECEIVED: the cloud would send it again.",
    ...hints,
  ].join("\n");
}
