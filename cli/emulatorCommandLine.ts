import { type ParseArgsConfig, parseArgs } from "node:util";
import { isOrigin } from "../emulator/events/target";
import type { EmulatorOptions } from "../emulator/options";
import { isHostName } from "../provider/api/contract/hosts";

export const usage = `Usage: tencentcloud-live-emulator [options]

Runs the live-stream callback API of Tencent Cloud CSS on this machine, until it is interrupted.

Options:
  --port PORT         listen on this port (default: a free one)
  --data FILE         keep templates and rules in this file over restarts
  --secret-id ID      take this key pair instead of the public one
  --secret-key KEY    belongs to --secret-id
  --domain NAME       a push domain of the account, may be repeated
                      (default: every domain exists when asked for by name)
  --latency MS        answer so many milliseconds later
  --no-rate-limits    never answer RequestLimitExceeded on its own
  --receiver URL      send every callback to this receiver, for example
                      http://127.0.0.1:3000, with the path of its own URL
                      (default: only callbacks to this machine are sent)
  --binding-delay MS  events follow a changed template or rule so much later
  --help, --version

Controls: GET /_emulator/state, GET /_emulator/calls[?record=1],
POST /_emulator/reset, POST or DELETE /_emulator/faults, GET /_emulator/events,
POST /_emulator/events {"event": "streamBegin", "domainName": "push.example.com"},
PUT /_emulator/templates, PATCH or DELETE /_emulator/templates/ID, PUT or DELETE /_emulator/rules`;

const flags = {
  port: { type: "string" },
  data: { type: "string" },
  "secret-id": { type: "string" },
  "secret-key": { type: "string" },
  domain: { type: "string", multiple: true },
  latency: { type: "string" },
  "no-rate-limits": { type: "boolean" },
  receiver: { type: "string" },
  "binding-delay": { type: "string" },
  help: { type: "boolean" },
  version: { type: "boolean" },
} as const satisfies ParseArgsConfig["options"];

/** A command line that cannot be understood. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** What the command line asks for. */
export function userChoices(args: string[]): EmulatorOptions | "help" | "version" {
  const values = parse(args);
  if (values.help) return "help";
  if (values.version) return "version";
  const { "secret-id": secretId, "secret-key": secretKey, data, domain, receiver } = values;
  for (const [name, value] of Object.entries({ data, "secret-id": secretId, "secret-key": secretKey })) {
    if (value === "") throw new UsageError(`--${name} must not be empty`);
  }
  if ((secretId === undefined) !== (secretKey === undefined)) {
    throw new UsageError("--secret-id and --secret-key belong together");
  }
  for (const name of domain ?? []) {
    if (!isHostName(name)) throw new UsageError(`--domain takes a host name; got "${name}"`);
  }
  if (receiver !== undefined && !isOrigin(receiver)) {
    throw new UsageError(`--receiver takes a URL without a path, for example http://127.0.0.1:3000; got "${receiver}"`);
  }
  return {
    port: number("port", values.port, 65_535),
    latencyMs: number("latency", values.latency, 3_600_000),
    dataFile: data,
    domains: domain,
    credentials: secretId && secretKey ? [{ secretId, secretKey }] : undefined,
    rateLimits: !values["no-rate-limits"],
    deliverTo: receiver,
    bindingDelayMs: number("binding-delay", values["binding-delay"], 3_600_000),
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: flags }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function number(name: string, text: string | undefined, most: number): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value <= most) return value;
  throw new UsageError(`--${name} takes a whole number from 0 to ${most}; got "${text}"`);
}
