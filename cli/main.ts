#!/usr/bin/env node
import { buffer } from "node:stream/consumers";
import { EXIT, oneLine, PROGRAM, packageVersion, type Subcommand, type Terminal } from "./command";
import { type CommandSpec, parseCommandLine, UsageError } from "./commandLine";

/** The subcommands. A module is loaded only when its subcommand runs, for a fast start. */
const subcommands: Readonly<Record<string, { summary: string; load: () => Subcommand }>> = {
  emulator: {
    summary: "run the callback API on this machine",
    load: () => (require("./emulator") as typeof import("./emulator")).emulator,
  },
  send: {
    summary: "send a sample event to a receiver, and judge the response",
    load: () => (require("./send") as typeof import("./send")).send,
  },
  verify: {
    summary: "check the signature of a callback message",
    load: () => (require("./verify") as typeof import("./verify")).verify,
  },
  deliveries: {
    summary: "list the callbacks that the cloud sent for a stream",
    load: () => (require("./deliveries") as typeof import("./deliveries")).deliveries,
  },
  export: {
    summary: "write the templates and rules of an account as a Pulumi project",
    load: () => (require("./export") as typeof import("./export")).exportCommand,
  },
};

const program: CommandSpec = {
  name: PROGRAM,
  description: "Tools for the live-stream callbacks of Tencent Cloud CSS.",
  options: {},
  subcommands: Object.fromEntries(Object.entries(subcommands).map(([name, { summary }]) => [name, summary])),
  notes: `See ${PROGRAM} <command> --help for the options of a command.

Exit codes: 0 success; 1 check or command failed; 2 usage error.
Keys are never printed.`,
  version: packageVersion,
};

const terminal: Terminal = {
  environment: process.env,
  readInput: () => buffer(process.stdin),
  print: (line) => console.log(line),
  /** Loaded on first use. */
  get clock() {
    return (require("../provider/api/clock") as typeof import("../provider/api/clock")).systemClock;
  },
};

const [first = "", ...rest] = process.argv.slice(2);
const subcommand = Object.hasOwn(subcommands, first) ? subcommands[first] : undefined;

run().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.exitCode = error instanceof UsageError ? EXIT.usage : EXIT.failure;
    console.error(errorMessage(error));
  },
);

async function run(): Promise<number> {
  if (subcommand) return subcommand.load()(rest, terminal);
  const parsed = parseCommandLine(program, process.argv.slice(2));
  if (typeof parsed === "string") terminal.print(parsed);
  return EXIT.success;
}

function errorMessage(error: unknown): string {
  const prefix = subcommand ? `${PROGRAM} ${first}` : PROGRAM;
  const message = oneLine(error instanceof Error ? error.message : String(error));
  return `${prefix}: ${message}${error instanceof UsageError ? `\nSee ${prefix} --help.` : ""}`;
}
