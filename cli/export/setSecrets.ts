import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { redactor } from "../../provider/redaction";
import { oneLine, type Terminal } from "../command";
import type { SecretValue } from "./model";

/**
 * Creates the stack if it does not exist, and sets its secrets with the Pulumi CLI. Passes values over the
 * standard input, because other processes can see arguments and the environment.
 *
 * @throws Error of one line, without secrets
 */
export async function setSecrets(
  folder: string,
  stack: string,
  secrets: readonly SecretValue[],
  { environment }: Terminal,
): Promise<void> {
  const hide = redactor(secrets.map(({ value }) => value));
  const options = [`--stack=${stack}`, `--cwd=${folder}`, "--non-interactive"];
  const run = async (args: readonly string[], input: string) => {
    const failure = await runPulumi([...args, ...options], input, environment);
    if (failure === undefined) return;
    throw new Error(`the project is in ${folder}, but pulumi ${args.join(" ")} failed: ${oneLine(hide(failure))}`);
  };
  await run(["stack", "select", "--create"], "");
  for (const { configKey, value } of secrets) await run(["config", "set", "--secret", configKey], value);
}

/** Returns what the CLI printed if it failed. */
async function runPulumi(
  args: readonly string[],
  input: string,
  environment: Terminal["environment"],
): Promise<string | undefined> {
  const child = spawn("pulumi", args, { env: environment, stdio: ["pipe", "ignore", "pipe"] });
  const ended = new Promise<number | null | Error>((resolve) => {
    child.once("error", resolve).once("close", resolve);
  });
  // The CLI may fail to start, or exit before it has read its input.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const printed = await text(child.stderr).catch(() => "");
  const outcome = await ended;
  if (outcome instanceof Error) return `it could not be started (${(outcome as NodeJS.ErrnoException).code})`;
  return outcome === 0 ? undefined : printed || `exit code ${outcome}`;
}
