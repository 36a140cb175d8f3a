import { EMULATOR_CREDENTIALS, type Emulator, type EmulatorOptions, type LiveDialect } from "../../../emulator";
import { runCommand, type Tool } from "../../../tools/probe/command";
import { VirtualClock } from "../clock";
import { startForTest } from "../emulatorClient";

/** The push domain for the probe, and a play domain. */
export const DOMAIN = "push.example.com";
export const PLAY = "play.example.com";
const DOMAINS = [DOMAIN, "other.example.com", { name: PLAY, type: 1 }, { name: "off.example.com", status: 0 }] as const;
export const URL_OF_OTHERS = "https://hooks.example.com/";
export const CREDENTIALS = {
  TENCENTCLOUD_SECRET_ID: EMULATOR_CREDENTIALS.secretId,
  TENCENTCLOUD_SECRET_KEY: EMULATOR_CREDENTIALS.secretKey,
};

interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a tool in this process, without pauses. */
export async function run(
  tool: Tool,
  args: string[],
  environment: Record<string, string>,
  onLine: (line: string) => void = () => {},
): Promise<Ran> {
  const lines = { stdout: "", stderr: "" };
  const code = await runCommand(tool, args, {
    environment,
    signal: new AbortController().signal,
    stdout: (line) => {
      lines.stdout += `${line}\n`;
    },
    stderr: (line) => {
      lines.stderr += `${line}\n`;
      onLine(line);
    },
    clock: new VirtualClock(),
    backoff: { initialDelayMs: 1, maxDelayMs: 5 },
    paceMs: 0,
    settleMs: 100,
  });
  return { code, ...lines };
}

/** An account with templates and rules of others, some with names that resemble the probe's. */
export async function accountOf(dialect: Partial<LiveDialect> = {}, options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startForTest({ domains: DOMAINS, dialect, ...options });
  for (const TemplateName of ["hooks", "tclive-probe", "tclive-probe-zzzzzz-1", "my-tclive-probe-012345-1"]) {
    const { TemplateId } = emulator.putTemplate({ TemplateName, StreamBeginNotifyUrl: URL_OF_OTHERS });
    emulator.putRule({ DomainName: "other.example.com", AppName: TemplateName, TemplateId });
  }
  return emulator;
}

/** Runs a tool for the domain of these tests, at the emulator. */
export const against = (emulator: Emulator, tool: Tool, ...args: string[]) =>
  run(tool, ["--domain", DOMAIN, ...args], { ...CREDENTIALS, TENCENTCLOUD_LIVE_ENDPOINT: emulator.url });
