import { UsageError } from "../../cli/commandLine";
import { type Clock, systemClock } from "../../provider/api/clock";
import { isLoopbackHost } from "../../provider/api/contract/hosts";
import { LiveError } from "../../provider/api/errors";
import { type Backoff, DEFAULT_BACKOFF, startBudget } from "../../provider/api/retry";
import { environmentKeys } from "../../provider/credentials/keyPairs";
import { environmentHost } from "../../provider/hosts/environment";
import { redactor } from "../../provider/redaction";
import { readSettings, type Settings, secretSettings } from "../../provider/settings";
import type { Environment } from "../../provider/settings/keys";
import { Unsettled } from "./answers";
import { sweep } from "./cleanup";
import { type Choices, type ToolHelp, userChoices } from "./commandLine";
import { newRun, Ownership } from "./ownership";
import { checkAccount, Refusal } from "./preflight";
import { Stopped, Wire } from "./wire";

export const EXIT = { done: 0, failure: 1, usage: 2, unsettled: 3 } as const;

/** 100 calls per second in total, half of the lowest documented limit of an action. */
const PACE_MS = 10;
const RUN_MS = 300_000;
const CLEANUP_MS = 60_000;

/** The environment of a tool. */
export interface Bench {
  wire: Wire;
  owner: Ownership;
  /** The prefix of all names that the run creates. */
  run: string;
  choices: Choices;
  settings: Settings;
  environment: Environment;
  signal: AbortSignal;
  clock: Clock;
  backoff: Backoff;
  settleMs?: number | undefined;
  /** Prints a progress line. */
  print: (line: string) => void;
  /** Prints a line of the result. */
  output: (line: string) => void;
}

/** A program that creates templates and rules in an account, and deletes them. */
export interface Tool extends ToolHelp {
  /** Returns the planned steps, which are shown without --yes. */
  plan(choices: Choices): string[];
  /** Runs the tool. `conclude` prints the result after the cleanup. */
  work(bench: Bench): Promise<{ exitCode: number; conclude: () => void }>;
}

/** The process that a tool runs in. */
export interface ToolContext {
  environment: Environment;
  /** Ends the run early, with a cleanup. */
  signal: AbortSignal;
  stdout: (line: string) => void;
  stderr: (line: string) => void;
  clock?: Clock;
  backoff?: Backoff;
  paceMs?: number;
  settleMs?: number;
}

/** Runs a tool with its command line. Never throws; returns the exit code. */
export async function runCommand(tool: Tool, args: string[], outer: ToolContext): Promise<number> {
  const context = withoutSecrets(outer);
  const { stderr, stdout } = context;
  try {
    const choices = userChoices(tool, args);
    if (typeof choices !== "string") return await start(tool, choices, context);
    stdout(choices);
    return EXIT.done;
  } catch (error) {
    const wrongUse = error instanceof UsageError || (error as LiveError).code === "Provider.InvalidConfiguration";
    stderr(`${tool.name}: ${explain(error)}${wrongUse ? " See --help." : ""}`);
    return wrongUse ? EXIT.usage : EXIT.failure;
  }
}

/** Returns a context whose output never contains a secret. */
function withoutSecrets({ stdout, stderr, ...others }: ToolContext): ToolContext {
  const hide = redactor(secretSettings(environmentHost, others.environment));
  return {
    ...others,
    stdout: (line) => stdout(hide(line)),
    stderr: (line) => stderr(hide(line)),
  };
}

async function start(tool: Tool, choices: Choices, context: ToolContext): Promise<number> {
  const { stderr } = context;
  const { endpoint = context.environment["TENCENTCLOUD_LIVE_ENDPOINT"] } = choices;
  const environment = { ...context.environment, TENCENTCLOUD_LIVE_ENDPOINT: endpoint };
  const settings = readSettings(environmentHost, environment);
  if (!choices.yes && !isLoopbackHost(settings.endpoint.hostname)) {
    const plan = choices.clean ? [`delete what earlier runs left on ${choices.domain}`] : tool.plan(choices);
    stderr(`This command would do the following at ${settings.endpoint.origin}:`);
    for (const step of plan) stderr(`- ${step}`);
    stderr("Nothing was done. Add --yes to run it.");
    return EXIT.usage;
  }
  const bench = makeBench(choices, settings, { ...context, environment });
  try {
    return await (choices.clean ? clean(bench) : carryOut(tool, bench));
  } catch (error) {
    bench.print(`${tool.name}: ${explain(error)}`);
    return EXIT.failure;
  }
}

function makeBench(choices: Choices, settings: Settings, context: ToolContext): Bench {
  const { environment, signal, stdout, stderr, settleMs } = context;
  const { clock = systemClock, backoff = DEFAULT_BACKOFF, paceMs = PACE_MS } = context;
  const credentials = environmentKeys(environment);
  if (!credentials)
    throw new Error("no credentials were found: set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY");
  const run = newRun();
  const domains = [choices.domain, ...(choices.otherDomain ? [choices.otherDomain] : [])];
  return {
    wire: new Wire({ settings, credentials, backoff, clock, paceMs }, { signal, budget: startBudget(clock, RUN_MS) }),
    owner: new Ownership(domains, choices.clean ? undefined : run),
    ...{ run, choices, settings, environment, signal, clock, backoff, settleMs },
    print: stderr,
    output: stdout,
  };
}

async function clean(bench: Bench): Promise<number> {
  return (await cleanUp(bench)) ? EXIT.done : EXIT.failure;
}

async function carryOut(tool: Tool, bench: Bench): Promise<number> {
  await checkAccount(bench.wire, bench.choices);
  bench.print(`the names of all templates and apps begin with ${bench.run}-`);
  let result: Awaited<ReturnType<Tool["work"]>> | undefined;
  try {
    result = await tool.work(bench);
  } catch (error) {
    bench.print(`${tool.name}: ${explain(error)}`);
  }
  const removed = await cleanUp(bench);
  if (!result || !removed) return EXIT.failure;
  result.conclude();
  return result.exitCode;
}

/** Deletes everything that the run has created, and prints what could not be deleted. */
async function cleanUp(bench: Bench): Promise<boolean> {
  const wire = bench.wire.within({ budget: startBudget(bench.clock, CLEANUP_MS) });
  const left = await sweep(wire, bench.owner, bench.print).catch((error: unknown) => [`unknown: ${explain(error)}`]);
  if (left.length === 0) bench.print("nothing is left in the account");
  for (const item of left) bench.print(`LEFT BEHIND: ${item}`);
  if (left.length > 0) bench.print(`To delete it, run again with --domain ${bench.choices.domain} --clean.`);
  return left.length === 0;
}

/** Errors whose message needs no stack trace. */
const PLAIN = [Refusal, Stopped, Unsettled, UsageError];

function explain(error: unknown): string {
  if (error instanceof LiveError) {
    const { message, remedy, code, action = "none", requestId = "none" } = error;
    return [`${message}.`, remedy, `(code=${code} action=${action} requestId=${requestId})`].filter(Boolean).join(" ");
  }
  if (PLAIN.some((kind) => error instanceof kind)) return `${(error as Error).message}.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
