import { readFile } from "node:fs/promises";
import { type CallbackError, type CallbackEvent, parseCallback, verifyCallback } from "../receiver";
import { callbackKeys, checkKeyChoice, parseFlags, UsageError } from "./commandLine";
import { FAILED, OK, oneLine, type Terminal } from "./terminal";
import { usages } from "./usage";
import { parseWhen } from "./when";

const flags = {
  key: { type: "string", multiple: true },
  unsigned: { type: "boolean" },
  leeway: { type: "string" },
  at: { type: "string" },
  json: { type: "boolean" },
} as const;

interface Choices {
  /** Absent: the standard input. */
  file: string | undefined;
  keys: string[];
  unsigned: boolean;
  leewaySeconds: number;
  /** Milliseconds since 1970. */
  at: number;
  json: boolean;
}

/** Checks a message and prints the event in it. Resolves with the exit code. */
export async function verify(args: string[], terminal: Terminal): Promise<number> {
  const choices = userChoices(args, terminal);
  if (choices === "help") {
    terminal.print(usages.verify);
    return OK;
  }
  const body = choices.file === undefined ? await terminal.readInput() : await readFile(choices.file, "utf8");
  const result = check(body, choices);
  terminal.print(choices.json ? JSON.stringify(result) : report(result));
  return result.ok ? OK : FAILED;
}

function userChoices(args: string[], { environment, now }: Terminal): Choices | "help" {
  const { values, positionals } = parseFlags(args, flags, 1);
  if (values.help) return "help";
  const keys = callbackKeys(values.key ?? [], environment);
  const unsigned = values.unsigned ?? false;
  checkKeyChoice(keys, unsigned);
  const leeway = values.leeway ?? "600";
  if (!/^\d{1,9}$/.test(leeway)) throw new UsageError("--leeway takes a whole number of seconds");
  return {
    file: positionals[0] === "-" ? undefined : positionals[0],
    keys,
    unsigned,
    leewaySeconds: Number(leeway),
    at: values.at === undefined ? now() : parseWhen("at", values.at, now()),
    json: values.json ?? false,
  };
}

interface Result {
  ok: boolean;
  /** Why the message is refused: a code and a sentence of the receiver. */
  code?: string;
  message?: string;
  /** Whether it is what the key makes of `t`; absent where the message is refused. */
  signature?: "valid" | "absent" | "notChecked";
  /** When the signature expires, ISO 8601. */
  expires?: string;
  /** What the message holds, whether it is genuine or not. */
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
    return { ok: false, ...refusal(error), ...found };
  }
  try {
    const key = keys.length > 0 ? { key: keys } : {};
    verifyCallback(body, { ...key, allowUnsigned: unsigned, leewaySeconds, clock: () => at });
  } catch (error) {
    return { ok: false, ...refusal(error), ...found };
  }
  const signature = !signed ? "absent" : keys.length > 0 ? "valid" : "notChecked";
  return { ok: true, signature, ...found };
}

/** Its message holds nothing of the body but `t`, and never a key. */
const refusal = (error: unknown) => ({
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
  const verdict = signature ? `${accepted[signature]} ${expires}`.trim() : `REFUSED (${code}): ${message}`;
  if (!event) return verdict;
  const { type, eventType, id, ...fields } = event;
  const lines = Object.entries(fields).map(([name, value]) => `  ${name}: ${oneLine(JSON.stringify(value))}`);
  return [verdict, `${type} (event_type ${eventType}), id ${oneLine(id)}`, ...lines].join("\n");
}
