import type { Emulator } from "../emulator/emulator";
import { isOrigin } from "../emulator/events/routing";
import { EMULATOR_CREDENTIALS, type EmulatorOptions } from "../emulator/options";
import { startEmulator } from "../emulator/startEmulator";
import { isHostName } from "../provider/api/contract/hosts";
import { withoutUrlSecrets } from "../provider/redaction";
import { defineSubcommand, EXIT } from "./command";
import { type CommandSpec, type OptionValues, UsageError } from "./commandLine";
import { wholeNumber } from "./optionValues";

const LONGEST_DELAY_MS = 3_600_000;

const spec = {
  name: "emulator",
  description: "Runs the live-stream callback API of Tencent Cloud CSS on this machine until it is interrupted.",
  options: {
    port: { value: "port", help: "listen on this port (default: a free port)" },
    data: { value: "file", help: "keep templates and rules in this file across restarts" },
    "secret-id": { value: "id", help: "accept this key pair instead of the public one" },
    "secret-key": { value: "key", help: "the secret key of --secret-id" },
    "account-id": { value: "id", help: "the account that GetCallerIdentity returns (default: 100000000001)" },
    domain: {
      ...{ value: "name", repeatable: true },
      help: "push domain of the account; repeatable (default: every domain that is requested by name exists)",
    },
    latency: { value: "ms", help: "delay of every response, in milliseconds" },
    "no-rate-limits": { help: "do not enforce the API's rate limits" },
    receiver: {
      value: "url",
      help:
        "send every callback to this receiver, for example http://127.0.0.1:3000, with the path of the callback URL " +
        "(default: send only callbacks to this machine)",
    },
    "binding-delay": {
      value: "ms",
      help: "delay until events follow a change of a template or rule, in milliseconds",
    },
  },
  notes: `Control API: GET /_emulator/state, GET /_emulator/calls[?record=1],
POST /_emulator/reset, POST or DELETE /_emulator/faults, GET /_emulator/events,
POST /_emulator/events {"event": "streamBegin", "domainName": "push.example.com"},
PUT /_emulator/templates, PATCH or DELETE /_emulator/templates/ID,
PUT or DELETE /_emulator/rules`,
} as const satisfies CommandSpec;

/** Starts the emulator, prints how to use it, and closes it when the process is interrupted. */
export const emulator = defineSubcommand(spec, async ({ values }, { print }) => {
  const options = emulatorOptions(values);
  const started = await startEmulator(options).catch((error: unknown) => {
    throw startError(error);
  });
  const stop = () => void started.close();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  print(greeting(started, options));
  return EXIT.success;
});

function emulatorOptions(values: OptionValues<typeof spec>): EmulatorOptions {
  const { data, domain, receiver } = values;
  checkTexts(values);
  for (const name of domain) {
    if (!isHostName(name)) throw new UsageError(`--domain takes a host name; got "${name}"`);
  }
  if (receiver !== undefined && !isOrigin(receiver)) {
    const given = withoutUrlSecrets(receiver);
    throw new UsageError(`--receiver takes a URL without a path, for example http://127.0.0.1:3000; got "${given}"`);
  }
  const [secretId, secretKey] = [values["secret-id"], values["secret-key"]];
  return {
    port: optionalNumber("port", values.port, 65_535),
    latencyMs: optionalNumber("latency", values.latency, LONGEST_DELAY_MS),
    dataFile: data,
    domains: domain.length > 0 ? domain : undefined,
    credentials: secretId && secretKey ? [{ secretId, secretKey }] : undefined,
    accountId: values["account-id"],
    rateLimits: !values["no-rate-limits"],
    deliverTo: receiver,
    bindingDelayMs: optionalNumber("binding-delay", values["binding-delay"], LONGEST_DELAY_MS),
  };
}

function checkTexts(values: OptionValues<typeof spec>): void {
  for (const name of ["data", "secret-id", "secret-key", "account-id"] as const) {
    if (values[name] === "") throw new UsageError(`--${name} must not be empty`);
  }
  if ((values["secret-id"] === undefined) !== (values["secret-key"] === undefined)) {
    throw new UsageError("--secret-id and --secret-key require each other");
  }
}

const optionalNumber = (option: string, text: string | undefined, most: number): number | undefined =>
  text === undefined ? undefined : wholeNumber(option, text, most);

/** Returns the shell commands to use the emulator. They never contain a key from the command line. */
function greeting({ url }: Emulator, { credentials, dataFile }: EmulatorOptions): string {
  const [given] = credentials ?? [];
  return [
    `The live-stream callback API of Tencent Cloud CSS, emulated at ${url}`,
    dataFile ? `Its state is kept in ${dataFile}.` : "Its state is lost when it stops. --data FILE keeps it.",
    "",
    `export TENCENTCLOUD_SECRET_ID=${given?.secretId ?? EMULATOR_CREDENTIALS.secretId}`,
    given
      ? "# export TENCENTCLOUD_SECRET_KEY=<the key of --secret-key>"
      : `export TENCENTCLOUD_SECRET_KEY=${EMULATOR_CREDENTIALS.secretKey}`,
    `export TENCENTCLOUD_LIVE_ENDPOINT=${url}`,
    `export TENCENTCLOUD_STS_ENDPOINT=${url}`,
  ].join("\n");
}

/** Returns an error with advice if the port cannot be used. */
function startError(error: unknown): unknown {
  const { code, port } = Object(error) as NodeJS.ErrnoException & { port?: number };
  if (code === "EADDRINUSE") {
    return new Error(`port ${port} is in use: choose another with --port, or omit --port to use a free one`);
  }
  if (code === "EACCES" && port !== undefined) {
    return new Error(`port ${port} requires more privileges: choose 1024 or higher`);
  }
  return error;
}
