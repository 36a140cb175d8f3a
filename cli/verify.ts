import { decodeText, readTextFile } from "../provider/textFile";
import { type CallbackError, type CallbackEvent, parseCallback, verifyCallback } from "../receiver";
import { defineSubcommand, EXIT, oneLine, type Terminal } from "./command";
import { type CommandSpec, type OptionValues, UsageError } from "./commandLine";
import { callbackKeys, checkKeyChoice, KEY_VARIABLE, timeOrAge } from "./optionValues";

const spec = {
  name: "verify",
  description: "Checks a message, which is the body of a callback: its signature, its expiry and its event.",
  argument: { name: "file", help: "file with the message (default, or -: the standard input)" },
  options: {
    key: {
      ...{ value: "key", repeatable: true },
      help: `the callback key, or several during a rotation; prefer the variable ${KEY_VARIABLE}`,
    },
    unsigned: { help: "accept a message without a signature" },
    leeway: { value: "seconds", default: "600", help: "how long after its expiry a message is accepted" },
    at: { value: "time", help: "check as of this time, for example 2025-01-02T03:04:05Z (default: now)" },
    json: { help: "print the result as JSON" },
  },
} as const satisfies CommandSpec;

interface Choices {
  keys: string[];
  unsigned: boolean;
  leewaySeconds: number;
  /** Milliseconds since 1970. */
  at: number;
}

/** Checks a message and prints the event in it. */
export const verify = defineSubcommand(spec, async ({ values, argument: file = "-" }, terminal) => {
  const choices = userChoices(values, terminal);
  const body = file === "-" ? decodeText(await terminal.readInput()) : await readTextFile(file);
  const result = check(body, choices);
  terminal.print(values.json ? JSON.stringify(result) : report(result));
  return result.ok ? EXIT.success : EXIT.failure;
});

function userChoices(values: OptionValues<typeof spec>, { environment, clock }: Terminal): Choices {
  const { unsigned, leeway, at } = values;
  const keys = callbackKeys(values.key, environment);
  checkKeyChoice(keys, unsigned);
  if (!/^\d{1,9}$/.test(leeway)) throw new UsageError("--leeway takes a whole number of seconds");
  const time = at === undefined ? clock.now() : timeOrAge("at", at, clock.now());
  return { keys, unsigned, leewaySeconds: Number(leeway), at: time };
}

interface Result {
  ok: boolean;
  /** Why the message is rejected: a code and a sentence of the receiver. */
  code?: string;
  message?: string;
  /** Whether the signature of `t` with the key matches; absent where the message is rejected. */
  signature?: "valid" | "absent" | "notChecked";
  /** When the signature expires, ISO 8601. */
  expires?: string;
  /** The event in the message, whether the message is genuine or not. */
  event?: Omit<CallbackEvent, "payload">;
}

function check(body: string, { keys, unsigned, leewaySeconds, at }: Choices): Result {
  const found: Pick<Result, "expires" | "event"> = {};
  let signed = false;
  try {
    const { payload, ...event } = parseCallback(body);
    signed = Boolean(payload["sign"]);
    Object.assign(found, { event, ...expiry(payload["t"]) });
  } catch (error) {
    return { ok: false, ...rejection(error), ...found };
  }
  try {
    const key = keys.length > 0 ? { key: keys } : {};
    verifyCallback(body, { ...key, allowUnsigned: unsigned, leewaySeconds, clock: () => at });
  } catch (error) {
    return { ok: false, ...rejection(error), ...found };
  }
  const signature = !signed ? "absent" : keys.length > 0 ? "valid" : "notChecked";
  return { ok: true, signature, ...found };
}

/** The message of the receiver contains nothing from the body except `t`, and never a key. */
const rejection = (error: unknown) => ({
  code: (error as CallbackError).code,
  message: (error as CallbackError).message,
});

function expiry(t: unknown): Pick<Result, "expires"> {
  const time = new Date(Number(t ?? Number.NaN) * 1000);
  return Number.isNaN(time.getTime()) ? {} : { expires: time.toISOString() };
}

const accepted = {
  valid: "GENUINE: signed with the key; expires",
  absent: "ACCEPTED: not signed",
  notChecked: "ACCEPTED: signed, but not checked without a key; expires",
} as const;

function report({ code, message, signature, expires = "", event }: Result): string {
  const verdict = signature ? `${accepted[signature]} ${expires}`.trim() : `REJECTED (${code}): ${message}`;
  if (!event) return verdict;
  const { type, eventType, id, ...fields } = event;
  const lines = Object.entries(fields).map(([name, value]) => `  ${name}: ${oneLine(JSON.stringify(value))}`);
  return [verdict, `${type} (event_type ${eventType}), id ${oneLine(id)}`, ...lines].join("\n");
}
